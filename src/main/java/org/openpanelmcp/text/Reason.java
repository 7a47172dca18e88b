package org.openpanelmcp.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in words for a person. */
public final class Reason {
    private Reason() {}

    /** Without the path, which the caller names, and without the class. */
    public static String of(IOException exception) {
        return switch (exception) {
            case AccessDeniedException _ -> "access is denied";
            case NoSuchFileException _ -> "there is no such file or directory";
            case FileSystemException e when e.getReason() != null -> String.valueOf(e.getReason());
            default -> String.valueOf(exception.getMessage());
        };
    }
}
