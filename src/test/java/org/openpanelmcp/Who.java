package org.openpanelmcp;

/** The clients of the fixture. Their secrets are their names, so that a token in a failure tells whose it is. */
enum Who {
    READ(1, "sec_read"),
    ROOT(2, "sec_root"),
    WRITE(3, "sec_write"),
    NO_SECRET(4, "sec_no_secret"),
    HERON_READ(5, "sec_heron_read"),
    SECOND_READ(6, "sec_second_read"),
    SECOND_ROOT(7, "sec_second_root"),
    BARE_READ(8, "sec_bare_read"),
    DELETED_READ(9, "sec_dodo_read"),
    ROOT_NO_SECRET(10, "sec_root_without_secret");

    private final String id;
    private final String secret;

    Who(int number, String secret) {
        this.id = "%08x-0000-4000-8000-000000000000".formatted(number);
        this.secret = secret;
    }

    String id() {
        return id;
    }

    String secret() {
        return secret;
    }

    String token() {
        return TestServer.token(id, secret);
    }
}
