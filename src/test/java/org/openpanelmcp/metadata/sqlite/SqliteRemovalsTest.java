package org.openpanelmcp.metadata.sqlite;

import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.RemovalsContractTest;

class SqliteRemovalsTest extends RemovalsContractTest {
    @Override
    protected Metadata open() {
        return SqliteMetadata.open(folder.resolve("metadata.sqlite"));
    }
}
