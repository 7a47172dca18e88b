package org.openpanelmcp.transfer.control;

import org.openpanelmcp.ingest.erase.ErasureReport;
import org.openpanelmcp.ingest.erase.PersonErasure;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;

/** The running server's side of deleting a person, or of saying what that would remove. */
public final class PersonCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "person";

    private final PersonErasure people;

    public PersonCommand(PersonErasure people) {
        this.people = people;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        return run(
                arguments.path("project").asString(""),
                arguments.path("profile").asString(""),
                arguments.path("erase").asBoolean(false));
    }

    ErasureReport run(String project, String profile, boolean erase) {
        try {
            return erase ? people.erase(project, profile) : people.preview(project, profile);
        } catch (PersonErasure.Failure failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        }
    }
}
