package org.openpanelmcp.store.duckdb;

import java.io.OutputStream;
import java.nio.file.Path;

/** A second process that keeps a database open until its input ends. */
final class HoldDatabase {
    private HoldDatabase() {}

    public static void main(String[] arguments) throws Exception {
        try (var database = DuckDbDatabase.open(Path.of(arguments[0]), DuckDbOptions.unlocked())) {
            System.out.println("open at version " + database.version());
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
