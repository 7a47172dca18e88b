package org.openpanelmcp.transfer.foreign;

import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openpanelmcp.transfer.TransferProblem;
import tools.jackson.databind.JsonNode;

/** Events as OpenPanel's export API gives them; they are kept as they are. */
final class OpenPanelConverter implements Converter {
    /** What the exported marks say of a visit is the old figure; where they are missing, what its events add up to. */
    private static final String VISITS = """
            create or replace temp table visits as
            select min(created_at) filter (not mark) as created_at,
                coalesce(arg_max(profile_id, created_at) filter (not mark and profile_id <> device_id),
                    min(profile_id)) as profile_id,
                count(*) filter (name = 'screen_view') as views,
                coalesce(bool_or(properties['__bounce'] = 'true') filter (name = 'session_end'),
                    count(*) filter (name = 'screen_view') <= 1) as bounced,
                coalesce(max(duration) filter (name = 'session_end'),
                    epoch_ms(max(created_at) filter (not mark))
                        - epoch_ms(min(created_at) filter (not mark))) as lasted
            from (select *, name in ('session_start', 'session_end') as mark from events where session_id <> '')
            group by session_id
            having count(*) filter (not mark) > 0""";

    private final Conversion conversion = new Conversion();
    private final List<WrongFile.Seen> others = new ArrayList<>();
    private final Map<String, Long> projects = new TreeMap<>();
    private boolean pages;
    private boolean events;
    private boolean sessions;
    private long announced;

    @Override
    public Conversion convert(ForeignRequest request, Packed packed, Scratch scratch) throws SQLException {
        var zone = request.timezone() == null ? (ZoneId) ZoneOffset.UTC : request.timezone();
        var people = new People(scratch);
        var reader = new ExportPages(new Rows(request, scratch, people, new Times(zone, request.now())));
        packed.each((name, content) -> {
            if (name.toLowerCase(Locale.ROOT).matches(".*\\.(json|jsonl|ndjson)(\\.gz)?")) {
                reader.read(name, content);
                if (!pages && !events) {
                    others.add(new WrongFile.Seen(name, List.of()));
                }
            } else {
                others.add(new WrongFile.Seen(name, CsvTable.open(name, content).header()));
            }
        });
        if (!pages && !events) {
            throw WrongFile.of(
                    request,
                    others,
                    "Expected are pages of GET /export/events ({\"meta\": …, \"data\": […]}) as .json, or one event a"
                            + " line as .jsonl.");
        }
        requireOneProject(request);
        people.finish();
        conversion.repeated = scratch.settle();
        if (!sessions) {
            Visits.cut(scratch);
            conversion.notes.add("Events have no session: visits were cut where a device was silent for 30 minutes.");
        }
        scratch.execute(VISITS);
        conversion.old.putAll(new DayTotals(scratch.connection(), request.projectZone()).ofVisits());
        note();
        return conversion;
    }

    private void requireOneProject(ForeignRequest request) {
        if (request.website() == null && projects.size() > 1) {
            throw new TransferProblem(request.file() + " holds events of several projects: " + projects.keySet()
                    + ". Choose one with --website.");
        }
        if (request.website() != null && !projects.containsKey(request.website())) {
            throw new TransferProblem(request.file() + " holds no project " + request.website() + ". It holds "
                    + projects.keySet() + ".");
        }
    }

    private void note() {
        if (announced > conversion.read) {
            conversion.notes.add("The pages speak of " + announced + " events in all, and " + conversion.read
                    + " were in the files: some pages are missing.");
        }
        if (!others.isEmpty()) {
            conversion.notes.add("Files without a use here: "
                    + String.join(
                            ", ", others.stream().map(WrongFile.Seen::name).toList()) + ".");
        }
        conversion.notes.add("Old figures are those of the exported session_end events, where there are any.");
    }

    /** Takes events into the scratch database. */
    private final class Rows implements ExportPages.Visitor {
        private final ForeignRequest request;
        private final Scratch scratch;
        private final People people;
        private final Times times;

        Rows(ForeignRequest request, Scratch scratch, People people, Times times) {
            this.request = request;
            this.scratch = scratch;
            this.people = people;
            this.times = times;
        }

        @Override
        public void event(String file, long number, JsonNode json) {
            if (!json.isObject()) {
                refuse(file, number, "it is no JSON object", json.toString());
                return;
            }
            conversion.read++;
            var exported = new ExportedEvent(json);
            if (!json.has("name") || exported.text("name").isEmpty()) {
                conversion.refusals.add(file, number, "the event has no name", shown(json));
                return;
            }
            events = true;
            var project = exported.text("projectId");
            projects.merge(project, 1L, Long::sum);
            if (request.website() == null || request.website().equals(project)) {
                take(file, number, exported);
            }
        }

        private void take(String file, long number, ExportedEvent exported) {
            var at = times.read(exported.text("createdAt"));
            if (at.isEmpty()) {
                conversion.refusals.add(
                        file,
                        number,
                        "createdAt is no time between the year 2000 and now; expected is 2026-03-01T10:00:00.000Z",
                        exported.text("createdAt"));
                return;
            }
            var event = exported.draft(at.getAsLong());
            if (event.deviceId.isEmpty() && event.profileId.isEmpty()) {
                conversion.refusals.add(file, number, "the event has neither deviceId nor profileId");
                return;
            }
            sessions |= !event.sessionId.isEmpty();
            scratch.add(event, !exported.text("id").isEmpty());
            var person = exported.person(event, times);
            if (person != null) {
                people.add(person);
            }
        }

        @Override
        public void page(JsonNode meta) {
            pages = true;
            announced = Math.max(announced, meta.path("totalCount").asLong(0));
        }

        @Override
        public void refuse(String file, long number, String reason, String value) {
            conversion.read++;
            conversion.refusals.add(file, number, reason, value);
        }

        private static String shown(JsonNode json) {
            var text = json.toString();
            return text.length() > 100 ? text.substring(0, 100) : text;
        }
    }
}
