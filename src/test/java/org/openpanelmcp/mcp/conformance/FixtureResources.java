package org.openpanelmcp.mcp.conformance;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.ResourceContent;
import org.openpanelmcp.mcp.ResourceDefinition;
import org.openpanelmcp.mcp.ResourceSource;

/** Two fixed resources, one that may be watched, one template. */
final class FixtureResources implements ResourceSource<String> {
    private static final Pattern TEMPLATE = Pattern.compile("test://template/([^/]+)/data");

    @Override
    public List<ResourceDefinition> list(String caller) {
        return List.of(
                resource("test://static-text", "static-text", "text/plain"),
                resource("test://static-binary", "static-binary", "image/png"),
                resource("test://watched-resource", "watched-resource", "text/plain"));
    }

    @Override
    public List<ResourceDefinition> templates(String caller) {
        return List.of(resource("test://template/{id}/data", "template", "application/json"));
    }

    @Override
    public List<ResourceContent> read(String caller, String uri, CallContext context) {
        var template = TEMPLATE.matcher(uri);
        if (template.matches()) {
            var id = template.group(1);
            var text = """
                    {"id":"%1$s","templateTest":true,"data":"Data for ID: %1$s"}""".formatted(id);
            return List.of(new ResourceContent.Text(uri, "application/json", text));
        }
        return List.of(
                switch (uri) {
                    case "test://static-text" ->
                        new ResourceContent.Text(uri, "text/plain", "This is the content of the static text resource.");
                    case "test://static-binary" ->
                        new ResourceContent.Binary(
                                uri, "image/png", Base64.getDecoder().decode(Fixture.PNG));
                    case "test://watched-resource" -> new ResourceContent.Text(uri, "text/plain", "Watched.");
                    default -> throw new UnknownResource("Resource not found");
                });
    }

    private static ResourceDefinition resource(String uri, String name, String mimeType) {
        return new ResourceDefinition(uri, name, name, "Fixture " + name + ".", mimeType);
    }
}
