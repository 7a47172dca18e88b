package org.openpanelmcp.transfer.demo;

/** What an event tells about a visitor's device; empty where it tells nothing. */
record Equipment(
        String os, String osVersion, String browser, String browserVersion, String device, String brand, String model) {

    /** A device that runs an app of its own, so that there is no browser. */
    static Equipment withoutBrowser(String os, String osVersion, String device, String brand, String model) {
        return new Equipment(os, osVersion, "", "", device, brand, model);
    }
}
