package dev.cachewarden.engine.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;

/** A command that says and ends as told, whatever was asked. */
final class ScriptedCommand implements Command {

    private final Script script;
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream errors = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, close) -> {};

    /** Writes, and gives the exit status; a negative one means a command that never ends. */
    @FunctionalInterface
    interface Script {
        int play(OutputStream out, OutputStream errors) throws IOException;
    }

    private ScriptedCommand(Script script) {
        this.script = script;
    }

    static CommandFactory does(Script script) {
        return (channel, command) -> new ScriptedCommand(script);
    }

    static CommandFactory prints(String text) {
        return does((out, errors) -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return 0;
        });
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Thread.ofVirtual().start(() -> {
            try {
                int status = script.play(out, errors);
                out.flush();
                errors.flush();
                if (status >= 0) {
                    exit.onExit(status);
                }
            } catch (IOException e) {
                // The client went away, which some tests are about.
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {}

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream errors) {
        this.errors = errors;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }
}
