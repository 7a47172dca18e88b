package org.openpanelmcp.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one argument of a tool, on a component of its input record. An argument is required unless the component is
 * {@code @Nullable} or has a default here. The only place where bounds and defaults are said.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
    /** What it is, for the model that fills it in. */
    String value();

    /** Least number, or least length of a list. */
    int min() default Integer.MIN_VALUE;

    /** Greatest number, or greatest length of a list. */
    int max() default Integer.MAX_VALUE;

    /** The value when the argument is absent, as it would be written in JSON without quotes. */
    String orElse() default "";
}
