package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.SmallDisk;

/** What senders and the operator are told when nothing can be written, and that nothing is lost or kept by half. */
class DiskTroubleTest {
    private static final String COUNTED = "select count(*), count(distinct id) from events where name = 'kept'";

    @TempDir
    Path folder;

    private int kept;

    /** The original answers 200 although the event is lost. */
    @Test
    void w13_aFullDiskIsAnsweredWith503AndItGoesOnAloneWhenThereIsRoom() throws Exception {
        try (var disk = SmallDisk.mounted(folder.resolve("disk"), 48)) {
            try (var site = new TrackSite(disk.folder())) {
                send(site);
                disk.fill();
                var refused = sendUntilRefused(site);
                assertRefused(refused);
                assertThat(refused.body()).contains("disk is full");
                var ready = site.get("/healthz/ready");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
                assertThat(ready.body()).contains("\"events\":", "is full");
                assertThat(site.caller().call("get_analytics_overview", "{}").isError())
                        .as("questions are answered meanwhile")
                        .isFalse();
                disk.free();
                awaitReady(site);
                send(site);
                assertThat(site.stored(COUNTED)).containsExactly(kept + "|" + kept);
            }
        }
    }

    /** As file systems do after an error; they stay so until they are mounted again. */
    @Test
    void w13_aDiskThatTurnsReadOnlyIsAnsweredWith503AndKeepsWhatWasAcknowledged() throws Exception {
        try (var disk = new FailingDisk(folder.resolve("image"), folder.resolve("disk"))) {
            try (var site = new TrackSite(disk.folder)) {
                send(site);
                disk.fail();
                assertRefused(sendUntilRefused(site));
                var ready = site.get("/healthz/ready");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
            }
            disk.repair();
            try (var site = new TrackSite(disk.folder)) {
                awaitReady(site);
                send(site);
                assertThat(site.stored(COUNTED)).containsExactly(kept + "|" + kept);
            }
        }
    }

    private void send(TrackSite site) throws Exception {
        var answer = site.fromServer("/track", TrackSite.event("kept", "{}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        kept++;
    }

    /** Some room is left within the files. */
    private HttpResponse<String> sendUntilRefused(TrackSite site) throws Exception {
        while (true) {
            var answer =
                    site.fromServer("/track", TrackSite.event("kept", "{\"text\":\"" + "x".repeat(16_000) + "\"}"));
            if (answer.statusCode() != 200) {
                return answer;
            }
            kept++;
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(TrackSite.json(answer).path("error").path("code").stringValue())
                .isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("\\d+");
    }

    private static void awaitReady(TrackSite site) throws Exception {
        HttpResponse<String> ready;
        do {
            ready = site.get("/healthz/ready");
        } while (ready.statusCode() != 200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    /** A file system in a file, which can be made to find an error in itself. */
    private static final class FailingDisk implements AutoCloseable {
        private static final long SIZE = 64L << 20;

        private final Path image;
        private final Path folder;
        private boolean mounted;

        FailingDisk(Path image, Path folder) throws IOException {
            this.image = image;
            this.folder = Files.createDirectories(folder);
            try (var file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(SIZE);
            }
            assumeTrue(SmallDisk.run("mkfs.ext4", "-q", "-O", "^has_journal", image.toString()) == 0);
            mount();
            assumeTrue(mounted && Files.isWritable(trigger()));
        }

        private void mount() throws IOException {
            mounted = SmallDisk.run("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString()) == 0;
        }

        private Path trigger() throws IOException {
            var device = Path.of(Files.getFileStore(folder).name()).getFileName();
            return Path.of("/sys/fs/ext4", String.valueOf(device), "trigger_fs_error");
        }

        void fail() throws IOException {
            Files.writeString(trigger(), "1");
        }

        void repair() throws IOException {
            close();
            assertThat(SmallDisk.run("fsck.ext4", "-p", image.toString())).isLessThan(4);
            mount();
            assertThat(mounted).isTrue();
        }

        @Override
        public void close() throws IOException {
            if (mounted) {
                assertThat(SmallDisk.run("umount", folder.toString())).isZero();
                mounted = false;
            }
        }
    }
}
