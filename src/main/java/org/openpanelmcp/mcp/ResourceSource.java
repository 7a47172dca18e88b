package org.openpanelmcp.mcp;

import java.util.List;

/**
 * The resources that the product offers to a caller.
 *
 * @param <C> what the product knows about a caller
 */
public interface ResourceSource<C> {
    /** In a fixed order. */
    List<ResourceDefinition> list(C caller);

    /** Address patterns (RFC 6570), in a fixed order. */
    List<ResourceDefinition> templates(C caller);

    /** @throws UnknownResource when there is no such resource for this caller */
    List<ResourceContent> read(C caller, String uri, CallContext context);

    /** Whether there are resources at all; without, clients are told so. */
    default boolean offered() {
        return true;
    }

    static <C> ResourceSource<C> none() {
        return new ResourceSource<>() {
            @Override
            public List<ResourceDefinition> list(C caller) {
                return List.of();
            }

            @Override
            public List<ResourceDefinition> templates(C caller) {
                return List.of();
            }

            @Override
            public List<ResourceContent> read(C caller, String uri, CallContext context) {
                throw new UnknownResource("This server has no resources.");
            }

            @Override
            public boolean offered() {
                return false;
            }
        };
    }

    /** There is no resource of that address. */
    final class UnknownResource extends RuntimeException {
        public UnknownResource(String message) {
            super(message, null, false, false);
        }
    }
}
