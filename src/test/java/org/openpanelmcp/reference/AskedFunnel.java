package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** A random funnel as a caller writes it, and what it means. */
record AskedFunnel(SampleFunnel.Asked asked, ObjectNode arguments) {
    private static final long HOUR = 3_600_000;

    static AskedFunnel random(Random random, SampleProject project, List<String> names, ObjectNode arguments) {
        var steps = new ArrayList<SampleFunnel.Step>();
        int count = 2 + random.nextInt(4);
        var texts = arguments.putArray("steps");
        for (int i = 0; i < count; i++) {
            var name = names.get(random.nextInt(names.size()));
            var filters = new ArrayList<SampleFilter>();
            if (random.nextInt(4) == 0) {
                var filter = new AskedFilters(random).one(project);
                filters.add(filter);
                filter.writeTo(texts.addObject().put("name", name).putObject("filters"));
            } else if (random.nextBoolean()) {
                texts.add(name);
            } else {
                texts.addObject().put("name", name);
            }
            steps.add(new SampleFunnel.Step(name, filters));
        }
        var excluded = new ArrayList<String>();
        var exclude = arguments.putArray("exclude");
        var other = names.get(random.nextInt(names.size()));
        if (random.nextBoolean() && steps.stream().noneMatch(step -> step.name().equals(other))) {
            excluded.add(other);
            exclude.add(other);
        }
        int hours = List.of(1, 2, 6, 24, 200, 720).get(random.nextInt(6));
        var unit = random.nextBoolean() ? "session_id" : "profile_id";
        boolean strict = random.nextBoolean();
        var filters = random.nextInt(3) == 0 ? new AskedFilters(random).some(project) : List.<SampleFilter>of();
        AskedFilters.write(filters, arguments);
        arguments.put("windowHours", hours).put("groupBy", unit);
        arguments.put("order", strict ? "strict_increase" : "ordered");
        return new AskedFunnel(new SampleFunnel.Asked(steps, hours * HOUR, unit, strict, excluded, filters), arguments);
    }
}
