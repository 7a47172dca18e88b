package org.openpanelmcp.transfer;

/** @param testData marks the installation as one with test data, which alone may have its clock fixed */
public record ImportOptions(boolean testData) {}
