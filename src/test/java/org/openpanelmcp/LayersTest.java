package org.openpanelmcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;

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
    void onlyMetadataSqliteKnowsSqlite() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".metadata.sqlite..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sqlite..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void featuresFormNoCircles() {
        slices().matching(ROOT + ".analytics.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void featuresKnowNeitherTheWebNorTheProtocolNorAnEngine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".analytics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".http..", ROOT + ".mcp..", ROOT + ".store.duckdb..")
                .check(CLASSES);
    }

    @Test
    void theProtocolKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".mcp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".access..",
                        ROOT + ".store..",
                        ROOT + ".query..",
                        ROOT + ".metadata..",
                        ROOT + ".tool..")
                .check(CLASSES);
    }

    @Test
    void onlyAccessAndTransferMakeScopes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".access..", ROOT + ".transfer..")
                .should()
                .callConstructor(ProjectScope.class, String.class, String.class, ZoneId.class)
                .check(CLASSES);
    }

    @Test
    void onlyDialectsNameTables() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store..", ROOT + ".query..")
                .should()
                .callMethod(Sql.class, "source", ProjectScope.class, Sql.class)
                .check(CLASSES);
    }

    @Test
    void arrowsRunDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("top")
                .definedBy(ROOT, ROOT + ".cli..", ROOT + ".bench..")
                .layer("faces")
                .definedBy(ROOT + ".console..", ROOT + ".rest..", ROOT + ".guide..")
                .layer("analytics")
                .definedBy(ROOT + ".analytics..")
                .layer("work")
                .definedBy(ROOT + ".tool..", ROOT + ".ingest..", ROOT + ".transfer..", ROOT + ".ops..")
                .layer("ports")
                .definedBy(ROOT + ".mcp..", ROOT + ".access..", ROOT + ".store..")
                .layer("ground")
                .definedBy(
                        ROOT + ".query..", ROOT + ".metadata..", ROOT + ".http..", ROOT + ".config..", ROOT + ".text..")
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
