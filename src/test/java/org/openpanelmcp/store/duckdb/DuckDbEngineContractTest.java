package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import org.openpanelmcp.store.EngineContractTest;
import org.openpanelmcp.store.TestEngine;

class DuckDbEngineContractTest extends EngineContractTest {
    @Override
    protected TestEngine start(Path folder, int concurrency) {
        return new DuckDbEngine(folder, concurrency);
    }
}
