package org.openpanelmcp.access;

/** What a credential may do. Made once per request from the token; the only source of a project. */
public sealed interface Access {
    /** Id of the client (API key) that called. */
    String clientId();

    String organizationId();

    /** May read one project. */
    record Read(String clientId, String organizationId, String projectId) implements Access {}

    /** May read every project of its organization, named in each call. */
    record Root(String clientId, String organizationId) implements Access {}

    /** May send events to one project and read nothing. */
    record Write(String clientId, String organizationId, String projectId) implements Access {}
}
