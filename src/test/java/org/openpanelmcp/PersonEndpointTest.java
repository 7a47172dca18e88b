package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.control.CompactRunner;
import org.openpanelmcp.transfer.control.PersonRunner;

/** A person is deleted by request, and by command beside the running server. */
class PersonEndpointTest {
    private static final String MARKER = "marker-kx7";

    @TempDir
    Path data;

    private static HttpResponse<String> delete(TrackSite site, String path, String... headers) throws Exception {
        return TrackSite.send(site.request(path, headers).DELETE());
    }

    private static String code(HttpResponse<String> response) {
        return response.statusCode() + " "
                + TrackSite.json(response).path("error").path("code").asString();
    }

    private static String identified(String profile) {
        return "{\"type\":\"track\",\"payload\":{\"name\":\"visit\",\"profileId\":\"" + profile + "\"}}";
    }

    private static void visit(TrackSite site, String profile) throws Exception {
        assertThat(site.fromPage(
                                "/track",
                                "{\"type\":\"identify\",\"payload\":{\"profileId\":\"" + profile + "\",\"email\":\""
                                        + MARKER + "@example.org\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(site.fromPage("/track", identified(profile)).statusCode()).isEqualTo(200);
    }

    /** What the tools know once all that was sent is stored, for which the command waits. */
    private String people(TrackSite site) {
        PersonRunner.run(data, "shop", "nobody", false);
        return site.caller().call("find_profiles", "{}").toString();
    }

    @Test
    void onlyTheSecretDeletes() throws Exception {
        try (var site = new TrackSite(data)) {
            visit(site, "ann");
            assertThat(code(delete(site, "/profile/ann", TrackSite.pageHeaders())))
                    .isEqualTo("403 origin_not_allowed");
            assertThat(code(delete(site, "/profile/ann"))).isEqualTo("401 client_missing");
            assertThat(code(delete(
                            site,
                            "/profile/ann",
                            "openpanel-client-id",
                            TrackSite.WRITE,
                            "openpanel-client-secret",
                            "sec_wrong")))
                    .isEqualTo("401 wrong_secret");
            assertThat(code(delete(site, "/profile/ann", "openpanel-client-id", TrackSite.OPEN)))
                    .isEqualTo("401 secret_missing");
            assertThat(code(delete(
                            site,
                            "/profile/ann",
                            "openpanel-client-id",
                            TrackSite.READ,
                            "openpanel-client-secret",
                            TrackSite.SECRET)))
                    .isEqualTo("401 read_client");
            String[] root = {"openpanel-client-id", TrackSite.ROOT, "openpanel-client-secret", TrackSite.SECRET};
            assertThat(code(delete(site, "/profile/ann", root))).isEqualTo("401 unknown_project");
            assertThat(code(delete(site, "/profile/ann?projectId=elsewhere", root)))
                    .isEqualTo("401 unknown_project");
            assertThat(TrackSite.json(delete(site, "/profile/ann?projectId=blog", root))
                            .path("found")
                            .asBoolean())
                    .isFalse();
            assertThat(people(site)).contains("\"ann\"");
            assertThat(TrackSite.json(delete(site, "/profile/ann?projectId=shop", root))
                            .path("found")
                            .asBoolean())
                    .isTrue();
            assertThat(people(site)).doesNotContain("\"ann\"");
        }
    }

    @Test
    void everyAnswerIsWithoutThePersonAtOnce() throws Exception {
        try (var site = new TrackSite(data)) {
            visit(site, "ann");
            var answer = TrackSite.json(delete(site, "/profile/ann", TrackSite.serverHeaders()));
            assertThat(answer.path("events").asLong()).isEqualTo(1);
            assertThat(answer.path("sessions").asLong()).isEqualTo(1);
            assertThat(answer.path("profiles").asLong()).isPositive();
            assertThat(answer.path("journalEntries").asLong()).isEqualTo(2);
            for (var tool : List.of("find_profiles", "query_events", "query_sessions", "list_event_names")) {
                assertThat(site.caller().call(tool, "{}").toString())
                        .as(tool)
                        .doesNotContain("\"ann\"", MARKER, "\"visit\"");
            }
            var again = TrackSite.json(delete(site, "/profile/ann", TrackSite.serverHeaders()));
            assertThat(again.path("found").asBoolean()).isFalse();
            assertThat(again.path("message").asString()).contains("Check the id");
        }
    }

    @Test
    void strangeIdsAreDeletedToo() throws Exception {
        try (var site = new TrackSite(data)) {
            for (var id : List.of("a/b", "increment", "a b+c?d", "日本", "50%")) {
                visit(site, id);
                var path = "/profile/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
                var answer = TrackSite.json(delete(site, path, TrackSite.serverHeaders()));
                assertThat(answer.path("profileId").asString()).isEqualTo(id);
                assertThat(answer.path("events").asLong()).as(id).isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsImportedOfThePersonIsLeftOut() throws Exception {
        try (var site = new TrackSite(data)) {
            visit(site, "ann");
            delete(site, "/profile/ann", TrackSite.serverHeaders());
            var rows =
                    "[{\"name\":\"old\",\"profile_id\":\"ann\",\"device_id\":\"d\",\"created_at\":\"2026-01-01 00:00:00\"},"
                            + "{\"name\":\"old\",\"profile_id\":\"bob\",\"device_id\":\"e\",\"created_at\":\"2026-01-01 00:00:00\"}]";
            var answer = TrackSite.json(site.fromServer("/import/events", rows));
            assertThat(answer.path("accepted").asInt()).isEqualTo(1);
            assertThat(answer.path("excluded").asInt()).isEqualTo(1);
            visit(site, "ann");
            assertThat(site.stored("select name, profile_id from events where name not like 'session%' order by 1, 2"))
                    .containsExactly("old|bob", "visit|ann");
        }
    }

    @Test
    void theServerTakesThePersonOutOfItsFilesWhileItRuns() throws Exception {
        try (var site = new TrackSite(data)) {
            visit(site, "ann");
            assertThat(people(site)).contains(MARKER);
            assertThat(holders()).contains("journal.sqlite-wal");
            var preview = PersonRunner.run(data, "shop", "ann", false);
            assertThat(preview.events()).isEqualTo(1);
            assertThat(people(site)).contains(MARKER);
            assertThat(PersonRunner.run(data, "shop", "ann", true).events()).isEqualTo(1);
            CompactRunner.run(data);
            assertThat(holders()).isEmpty();
            visit(site, "bob");
            assertThat(people(site)).contains("\"bob\"").doesNotContain("\"ann\"");
        }
    }

    private List<String> holders() throws Exception {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER);
                        } catch (IOException exception) {
                            throw new UncheckedIOException(exception);
                        }
                    })
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
