package dev.cachewarden.policy;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/** A text in a {@link PolicyDocument} that JSON and YAML may also contain as a whole number. A text of digits is written as a number. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@JacksonAnnotationsInside
@JsonSerialize(using = QuantityJson.Writer.class)
@JsonDeserialize(using = QuantityJson.Reader.class)
public @interface Quantity {

    Unit value();

    /** The unit of a whole number. */
    enum Unit {
        /** Bytes. A text can also be a size such as {@code 20GB}, or a share of the disk. */
        BYTES,
        /** A duration has no whole numbers. They are read, so that the validation can reject them. */
        DURATION,
        /** A count, or a share in percent. */
        NUMBER
    }
}
