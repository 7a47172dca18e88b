package org.openpanelmcp.transfer.demo;

import java.util.LinkedHashMap;
import org.openpanelmcp.metadata.CatalogEntry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that happened and explains what the numbers do, shown as a mark on charts.
 *
 * @param day counted from the first day of the data
 * @param hour on the clock of the project's zone
 */
record Reference(String id, int day, int hour, String title, String description) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    CatalogEntry entry(String projectId, Timeline timeline) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", id);
        fields.put("projectId", projectId);
        fields.put("title", title);
        fields.put("description", description);
        fields.put("date", timeline.at(day, hour).toString());
        fields.put("createdAt", timeline.firstInstant().toString());
        return new CatalogEntry("references", id, projectId, JSON.writeValueAsString(fields));
    }
}
