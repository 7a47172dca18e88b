package org.openpanelmcp.transfer.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the control socket of a data directory is: {@code control.sock} in it, or, where that path is longer than the
 * operating system takes, a short path elsewhere that {@code control.path} names.
 */
final class ControlAddress {
    /** Systems take 104 to 108 bytes, the last of them for the end mark. */
    private static final int LONGEST = 100;

    private static final String SOCKET = "control.sock";

    private final Path direct;
    private final Path pointer;

    ControlAddress(Path dataDirectory) {
        var root = dataDirectory.toAbsolutePath().normalize();
        this.direct = root.resolve(SOCKET);
        this.pointer = root.resolve("control.path");
    }

    /** Where a server listens, if one ever did. */
    Optional<Path> existing() {
        if (fits(direct)) {
            return Files.exists(direct) ? Optional.of(direct) : Optional.empty();
        }
        try {
            if (!Files.exists(pointer)) {
                return Optional.empty();
            }
            var socket = Path.of(Files.readString(pointer).strip());
            return Files.exists(socket) ? Optional.of(socket) : Optional.empty();
        } catch (IOException exception) {
            throw new ControlProblem(
                    "Cannot read " + pointer + ", which says where the running server listens.", exception);
        }
    }

    /** Where a new server is to listen. */
    Path create() throws IOException {
        if (fits(direct)) {
            return direct;
        }
        var socket = Files.createTempDirectory("openpanel-").resolve(SOCKET);
        if (!fits(socket)) {
            throw new ControlProblem(
                    "The path " + direct + " is too long for a socket, and so is one in the temp folder (" + socket
                            + "). Use a data directory with a shorter path.");
        }
        Files.writeString(pointer, socket.toString());
        return socket;
    }

    /** Takes away what {@link #create} made. */
    void remove(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (!socket.equals(direct)) {
            Files.deleteIfExists(pointer);
            Files.deleteIfExists(folderOf(socket));
        }
    }

    /** Connects; empty when nobody listens, such as after a server was killed. */
    static Optional<SocketChannel> connect(Path socket) {
        try {
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return Optional.of(channel);
            } catch (IOException exception) {
                channel.close();
                return Optional.empty();
            }
        } catch (IOException exception) {
            throw new ControlProblem("This system offers no sockets of the kind the control channel needs.", exception);
        }
    }

    private static Path folderOf(Path socket) {
        return Objects.requireNonNull(socket.getParent(), "a socket lies in a folder");
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
