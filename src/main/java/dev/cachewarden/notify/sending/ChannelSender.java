package dev.cachewarden.notify.sending;

import dev.cachewarden.notify.channel.Channel;
import dev.cachewarden.notify.channel.Message;
import java.util.List;

/** Sends messages. Implementations never throw because of what the other side does. */
public interface ChannelSender {

    /**
     * Sends messages as one.
     *
     * @param messages one message, or several for a channel that takes them together
     */
    Attempt send(Channel channel, List<Message> messages);
}
