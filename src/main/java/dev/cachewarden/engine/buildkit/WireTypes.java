package dev.cachewarden.engine.buildkit;

import com.google.protobuf.Message;
import dev.cachewarden.engine.BadMessageException;

/**
 * Rejects messages whose fields have different types than BuildKit's. Protobuf treats such a field as unknown, so it would look unset. A
 * cache would look empty, and a record in use would look unused.
 */
final class WireTypes {

    private WireTypes() {}

    /**
     * Checks the fields of a message, but not those of nested messages.
     *
     * @param of description of the message, such as {@code  of a worker}; may be empty
     */
    static void requireKnown(Message message, String of) {
        var unknown = message.getUnknownFields();
        if (unknown.isEmpty()) {
            return;
        }
        for (int number : unknown.asMap().keySet()) {
            var field = message.getDescriptorForType().findFieldByNumber(number);
            if (field != null) {
                throw new BadMessageException(field.getName() + of + " has an unexpected type");
            }
        }
    }
}
