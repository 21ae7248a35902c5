package dev.cachewarden.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that prevents a second Cachewarden from using a store directory. The operating system releases it when the process ends, even
 * after a crash.
 */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Acquires the lock and writes the id of this process into its file.
     *
     * @throws StoreUnavailableException if another Cachewarden holds the directory
     */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StoreUnavailableException(
                    "Another Cachewarden (process " + Files.readString(file).strip() + ") uses the data directory "
                            + directory + ".",
                    "Stop that process, or set cachewarden.store.directory to another directory. To share the data, set"
                            + " SPRING_DATASOURCE_URL of both to the same PostgreSQL.",
                    null);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DirectoryLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held within this JVM.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
