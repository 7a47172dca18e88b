package org.openpanelmcp.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a result component of type {@code Map<String, Object>} or a list of these: which columns a row may have. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ChosenColumns {
    /** An enum of columns. */
    Class<? extends ColumnSpec> value();
}
