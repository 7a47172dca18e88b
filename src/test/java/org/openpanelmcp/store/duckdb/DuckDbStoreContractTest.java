package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import org.openpanelmcp.store.StoreContractTest;
import org.openpanelmcp.store.TestEngine;

class DuckDbStoreContractTest extends StoreContractTest {
    @Override
    protected TestEngine start(Path folder, int concurrency) {
        return new DuckDbEngine(folder, concurrency);
    }
}
