package dev.cachewarden.engine.buildkit;

import com.google.protobuf.Message;
import dev.cachewarden.engine.connection.BadMessageException;

/**
 * Refuses messages whose fields have other types than BuildKit's. Protobuf takes such a field for one that it does not know, so that it would
 * look unset: a cache would be empty, and a record in use would be free.
 */
final class WireTypes {

    private WireTypes() {}

    /**
     * Checks the fields of a message, without those of messages within it.
     *
     * @param of what the message describes, such as {@code  of a worker}; may be empty
     */
    static void requireKnown(Message message, String of) {
        var unknown = message.getUnknownFields();
        if (unknown.isEmpty()) {
            return;
        }
        for (int number : unknown.asMap().keySet()) {
            var field = message.getDescriptorForType().findFieldByNumber(number);
            if (field != null) {
                throw new BadMessageException(field.getName() + of + " has another type than BuildKit's");
            }
        }
    }
}
