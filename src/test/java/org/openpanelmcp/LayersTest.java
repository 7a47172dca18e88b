package org.openpanelmcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The dependency rule of ARCHITECTURE.md: arrows run down only. */
class LayersTest {
    private static final String ROOT = "org.openpanelmcp";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void onlyHttpKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void onlyStoreDuckdbKnowsDuckDb() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".store.duckdb..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void arrowsRunDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("top")
                .definedBy(ROOT, ROOT + ".cli..")
                .layer("faces")
                .definedBy(ROOT + ".console..", ROOT + ".rest..")
                .layer("analytics")
                .definedBy(ROOT + ".analytics..")
                .layer("work")
                .definedBy(ROOT + ".tool..", ROOT + ".ingest..", ROOT + ".transfer..", ROOT + ".ops..")
                .layer("ports")
                .definedBy(ROOT + ".mcp..", ROOT + ".access..", ROOT + ".store..")
                .layer("ground")
                .definedBy(ROOT + ".query..", ROOT + ".metadata..", ROOT + ".http..", ROOT + ".config..")
                .whereLayer("top")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("faces")
                .mayOnlyBeAccessedByLayers("top")
                .whereLayer("analytics")
                .mayOnlyBeAccessedByLayers("top", "faces")
                .whereLayer("work")
                .mayOnlyBeAccessedByLayers("top", "faces", "analytics")
                .whereLayer("ports")
                .mayOnlyBeAccessedByLayers("top", "faces", "analytics", "work")
                .check(CLASSES);
    }
}
