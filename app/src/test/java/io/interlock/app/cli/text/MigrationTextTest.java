package io.interlock.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.admin.AdminJsonMapper;
import io.interlock.app.status.MigrationReport;
import io.interlock.app.status.MigrationReport.MigratedContainer;
import io.interlock.app.status.MigrationReport.MigrationRemark;
import io.interlock.app.status.MigrationReport.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MigrationTextTest {

    @Test
    void eachContainerHasItsRoutesAndWhatDiffers() {
        MigrationReport report = new MigrationReport(
                "traefik",
                false,
                List.of(
                        new MigratedContainer(
                                "local", "1", "web", Verdict.SAME, List.of("a.example.com/api"), List.of()),
                        new MigratedContainer(
                                "local",
                                "2",
                                "db",
                                Verdict.NOT_SERVED,
                                List.of(),
                                List.of(new MigrationRemark(
                                        Verdict.NOT_SERVED,
                                        "label traefik.http.routers.db.rule",
                                        "Path(`/x`)",
                                        "has Path",
                                        "not served",
                                        "give the container fields")))));

        assertThat(MigrationText.of(AdminJsonMapper.tree(report))).isEqualTo("""
                web on engine local: served as before
                  gets     a.example.com/api

                db on engine local: not served
                  refused  label traefik.http.routers.db.rule = Path(`/x`)
                           has Path; not served
                           give the container fields

                2 containers with something for traefik: 1 not served, 1 served as before.""");
    }

    @Test
    void noContainerIsSaid() {
        assertThat(MigrationText.of(AdminJsonMapper.tree(new MigrationReport("traefik", true, List.of()))))
                .isEqualTo("0 containers with something for traefik.");
    }
}
