package org.openpanelmcp.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a result component of type {@code List<Map<String, Object>>}: which columns its rows may have. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ChosenColumns {
    /** An enum of columns. */
    Class<? extends ColumnSpec> value();
}
