package org.openpanelmcp.access;

import java.util.List;
import java.util.Optional;
import org.openpanelmcp.http.Request;

/** A request with a token somewhere. */
record TestRequest(List<String> queryTokens, List<String> authorizations, String clientAddress) implements Request {
    private static final String ADDRESS = "203.0.113.7";

    static TestRequest without() {
        return new TestRequest(List.of(), List.of(), ADDRESS);
    }

    static TestRequest withHeader(String authorization) {
        return new TestRequest(List.of(), List.of(authorization), ADDRESS);
    }

    static TestRequest withQuery(String... tokens) {
        return new TestRequest(List.of(tokens), List.of(), ADDRESS);
    }

    static TestRequest of(String clientId, String secret) {
        return withHeader("Bearer " + new Token(clientId, secret).encode());
    }

    TestRequest from(String address) {
        return new TestRequest(queryTokens, authorizations, address);
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/mcp";
    }

    @Override
    public List<String> query(String name) {
        return name.equals("token") ? queryTokens : List.of();
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return name.equalsIgnoreCase("Authorization") ? authorizations : List.of();
    }

    @Override
    public byte[] body(int maxBytes) {
        return new byte[0];
    }
}
