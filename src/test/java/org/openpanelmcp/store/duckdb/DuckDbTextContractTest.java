package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import org.openpanelmcp.store.TestEngine;
import org.openpanelmcp.store.TextContractTest;

class DuckDbTextContractTest extends TextContractTest {
    @Override
    protected TestEngine start(Path folder, int concurrency) {
        return new DuckDbEngine(folder, concurrency);
    }
}
