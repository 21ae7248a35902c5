package dev.cachewarden.store;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded server. Before each start, the unpacked programs are compared with their archive, file by file. If a file
 * differs, is missing, or was added, all programs are deleted, and the library unpacks them again.
 */
final class Programs implements PgBinaryResolver {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    /** Files that the library stores next to the programs. */
    private static final Set<Path> MARKS = Set.of(Path.of(".exists"), Path.of("epg-lock"));

    private static final int CHUNK = 1 << 16;

    private final Path directory;

    /**
     * Creates a resolver.
     *
     * @param directory where the library unpacks the programs, each version in a directory of its own
     */
    Programs(Path directory) {
        this.directory = directory;
    }

    /** Returns the archive, after all unpacked programs that differ from it were deleted. */
    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        byte[] archive;
        try (var in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware)) {
            archive = in.readAllBytes();
        }
        for (Path unpacked : unpacked()) {
            if (!equal(unpacked, archive)) {
                LOG.warn("The PostgreSQL programs in {} differ from their archive; unpacking them again", unpacked);
                remove(unpacked);
            }
        }
        return new ByteArrayInputStream(archive);
    }

    private Set<Path> unpacked() throws IOException {
        var found = new HashSet<Path>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (var inside = Files.newDirectoryStream(directory)) {
                inside.forEach(found::add);
            }
        }
        return found;
    }

    private static boolean equal(Path unpacked, byte[] archive) throws IOException {
        if (!Files.isDirectory(unpacked, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        var expected = new HashSet<>(MARKS);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path relative = Path.of(entry.getName()).normalize();
                if (!equal(unpacked.resolve(relative), entry, tar)) {
                    return false;
                }
                expected.add(relative);
            }
        }
        return onlyThese(unpacked, expected);
    }

    private static boolean equal(Path file, TarArchiveEntry entry, InputStream content) throws IOException {
        if (entry.isDirectory()) {
            return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        }
        if (entry.isSymbolicLink() || entry.isLink()) {
            return Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(Path.of(entry.getLinkName()));
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != entry.getSize()) {
            return false;
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] found = in.readNBytes(CHUNK);
            while (found.length > 0) {
                if (!Arrays.equals(found, content.readNBytes(found.length))) {
                    return false;
                }
                found = in.readNBytes(CHUNK);
            }
        }
        return true;
    }

    private static boolean onlyThese(Path unpacked, Set<Path> expected) throws IOException {
        // The owner of a file may have it open and change it after this check.
        var owner = Files.getOwner(unpacked.toAbsolutePath().getParent());
        try (var all = Files.walk(unpacked)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                boolean known = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        || expected.contains(unpacked.relativize(path));
                if (!known || !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void remove(Path root) throws IOException {
        // This walk does not follow symbolic links.
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure) throws IOException {
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
