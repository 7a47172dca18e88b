package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    @Test
    void writesOverItsLineAndEndsItWhenDone() {
        var bytes = new ByteArrayOutputStream();
        var bar = new ProgressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        bar.report("reading events.parquet", 0.5);
        bar.report("done", 1);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\r[" + "#".repeat(15) + ".".repeat(15) + "]  50 % reading events.parquet\r")
                .contains("\r[" + "#".repeat(30) + "] 100 % done")
                .endsWith(System.lineSeparator());
    }
}
