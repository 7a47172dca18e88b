package org.openpanelmcp.metadata;

/**
 * A client with all that decides about what it sends.
 *
 * @param live whether there are its project and its organization, and neither is deleted
 * @param rules of its project
 * @param open whether it may send from anywhere without its secret
 */
public record TrackingClient(Client client, boolean live, TrackingRules rules, boolean open) {}
