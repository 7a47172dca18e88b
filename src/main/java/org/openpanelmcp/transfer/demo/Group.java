package org.openpanelmcp.transfer.demo;

import java.util.Map;

/** A company, team or club that people belong to. */
record Group(String id, String type, String name, Map<String, String> properties) {}
