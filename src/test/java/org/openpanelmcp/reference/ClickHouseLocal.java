package org.openpanelmcp.reference;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** ClickHouse's engine as a library (libchdb), run by a process of its own, since it takes over the one it is in. */
final class ClickHouseLocal {
    private ClickHouseLocal() {}

    /** Runs the statements; their results go where {@code into outfile} says. */
    static void run(Path library, List<String> statements, Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("clickhouse.log");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ClickHouseLocal.class.getName(),
                library.toString(),
                "--query",
                String.join(";\n", statements));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        // It ends well after statements that it refused, and says so here.
        var said = Files.readString(output);
        if (status != 0 || !said.isEmpty()) {
            throw new IllegalStateException("ClickHouse ended with " + status + " and said: " + said);
        }
    }

    /** The library's file, then options of clickhouse-local. */
    @SuppressWarnings("restricted")
    public static void main(String[] arguments) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var linker = Linker.nativeLinker();
            // Never unloaded: its threads outlive the call.
            var library = SymbolLookup.libraryLookup(Path.of(arguments[0]), Arena.global());
            var run = linker.downcallHandle(
                    library.findOrThrow("chdb_query_cmdline"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            var errorOf = linker.downcallHandle(
                    library.findOrThrow("chdb_result_error"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            var texts = arena.allocate(ValueLayout.ADDRESS, arguments.length + 1L);
            texts.setAtIndex(ValueLayout.ADDRESS, 0, arena.allocateFrom("clickhouse-local"));
            for (int i = 1; i < arguments.length; i++) {
                texts.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments[i]));
            }
            var result = (MemorySegment) run.invokeExact(arguments.length, texts);
            var error = (MemorySegment) errorOf.invokeExact(result);
            if (!error.equals(MemorySegment.NULL)) {
                System.err.println(error.reinterpret(Long.MAX_VALUE).getString(0));
                System.exit(1);
            }
        }
    }
}
