package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every source file is formatted; {@code ./mvnw test -Dtest=FormattingTest -Dformat.apply=true} formats them. */
class FormattingTest {
    private static final JavaFormatterOptions OPTIONS = JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build();

    @Test
    void everySourceFileIsFormatted() throws Exception {
        var unformatted = new ArrayList<Path>();
        for (var file : sources()) {
            var source = Files.readString(file);
            var formatted = formatted(source);
            if (formatted.equals(source)) {
                continue;
            }
            unformatted.add(file);
            if (Boolean.getBoolean("format.apply")) {
                Files.writeString(file, formatted);
            }
        }
        if (Boolean.getBoolean("format.apply")) {
            return;
        }
        assertThat(unformatted)
                .as("run ./mvnw test -Dtest=FormattingTest -Dformat.apply=true")
                .isEmpty();
    }

    private static String formatted(String source) throws FormatterException {
        var formatter = Formatter.createFormatter(OPTIONS);
        var imports = RemoveUnusedImports.removeUnusedImports(source);
        return formatter.formatSource(ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.PALANTIR));
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
