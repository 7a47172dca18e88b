package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferFormat;

/** A process that begins a transfer and dies, without a farewell, at the step it is told. */
final class HaltedTransfer {
    static final int DIED = 97;

    private HaltedTransfer() {}

    /** {@code import|export|backup|restore DATA FOLDER STEP}. */
    public static void main(String[] arguments) {
        var data = Path.of(arguments[1]);
        var folder = Path.of(arguments[2]);
        Progress halting = (step, done) -> {
            if (step.startsWith(arguments[3])) {
                Runtime.getRuntime().halt(DIED);
            }
        };
        switch (arguments[0]) {
            case "import" -> ImportRunner.run(data, folder, new ImportOptions(true), halting);
            case "export" ->
                ExportRunner.run(data, folder, new ExportOptions(List.of(), TransferFormat.JSON_LINES), halting);
            case "backup" -> BackupRunner.backup(data, folder, "test", Instant.EPOCH, halting);
            case "restore" -> BackupRunner.restore(data, folder, true, Instant.EPOCH, halting);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
