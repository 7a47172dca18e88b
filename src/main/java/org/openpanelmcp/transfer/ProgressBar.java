package org.openpanelmcp.transfer;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** Draws progress as one line that is written over again and again. */
public final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final int STEP_WIDTH = 40;

    private final PrintStream out;
    private String drawn = "";

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    /** A bar on the error output if that is a terminal; else silence, so that logs and pipes stay clean. */
    public static Progress onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new ProgressBar(System.err)
                : SILENT;
    }

    @Override
    public void report(String step, double done) {
        var part = Math.clamp(done, 0, 1);
        var filled = (int) Math.round(part * WIDTH);
        var shown = step.length() > STEP_WIDTH ? step.substring(0, STEP_WIDTH) : step;
        var line = "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] "
                + "%3d %% ".formatted((int) (part * 100)) + shown;
        out.print("\r" + line + " ".repeat(Math.max(0, drawn.length() - line.length())));
        if (part >= 1) {
            out.println();
        }
        out.flush();
        drawn = line;
    }
}
