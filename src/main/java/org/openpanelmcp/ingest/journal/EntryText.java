package org.openpanelmcp.ingest.journal;

import java.nio.charset.StandardCharsets;
import org.openpanelmcp.ingest.Entry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How an entry is written down: its kind, and JSON. The names are part of the file's format. */
final class EntryText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EntryText() {}

    static String kind(Entry entry) {
        return switch (entry) {
            case Entry.Event event -> "event";
            case Entry.ProfilePatch patch -> "profile";
            case Entry.ProfileIncrement increment -> "increment";
            case Entry.GroupPatch patch -> "group";
            case Entry.GroupMembership membership -> "membership";
        };
    }

    static byte[] write(Entry entry) {
        return JSON.writeValueAsBytes(entry);
    }

    /** @throws JacksonException when it was not written by {@link #write} */
    static Entry read(String kind, byte[] text) {
        var type = switch (kind) {
            case "event" -> Entry.Event.class;
            case "profile" -> Entry.ProfilePatch.class;
            case "increment" -> Entry.ProfileIncrement.class;
            case "group" -> Entry.GroupPatch.class;
            case "membership" -> Entry.GroupMembership.class;
            default ->
                throw new IllegalStateException("the journal holds an entry of the unknown kind '" + kind + "': "
                        + new String(text, StandardCharsets.UTF_8));
        };
        return JSON.readValue(text, type);
    }
}
