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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded server. Before a start, the unpacked programs are compared with their archive, file by file. If a file
 * differs, is missing, or was added, all programs are deleted, and the library unpacks them again.
 *
 * <p>Reading the archive takes about two seconds of CPU time. {@link #remember} therefore stores the inode, the time of the last change, the
 * size, the owner, and the mode of each file. While these are the same, no other user can have changed a file: the kernel sets the time of
 * the last change, and another user's file has another owner. The stored attributes count only if this user owns them and no other
 * user can write to them.
 */
final class Programs implements PgBinaryResolver {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    /** Files that the library stores next to the programs. */
    private static final Set<Path> MARKS = Set.of(Path.of(".exists"), Path.of("epg-lock"));

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private static final int CHUNK = 1 << 16;

    private static final String ATTRIBUTES = "unix:ino,ctime,size,uid,mode";

    private final Path directory;
    private final Path remembered;
    private @Nullable String archiveChecksum;

    /**
     * Creates a resolver.
     *
     * @param directory where the library unpacks the programs, each version in a directory of its own
     */
    Programs(Path directory) {
        this.directory = directory;
        this.remembered = directory.resolveSibling(directory.getFileName() + ".checked");
    }

    /** Returns the archive, after all unpacked programs that differ from it were deleted. */
    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        byte[] archive;
        try (var in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware)) {
            archive = in.readAllBytes();
        }
        var checksum = checksum(archive);
        archiveChecksum = checksum;
        if (isRemembered(checksum)) {
            return new ByteArrayInputStream(archive);
        }
        for (Path unpacked : unpacked()) {
            if (!equal(unpacked, archive)) {
                LOG.warn("The PostgreSQL programs in {} differ from their archive; unpacking them again", unpacked);
                remove(unpacked);
            }
        }
        return new ByteArrayInputStream(archive);
    }

    /**
     * Stores the attributes of all programs, so that the next start need not read the archive. It does nothing if the file system has no such
     * attributes. Call it after the library has unpacked the programs that {@link #getPgBinary} returned.
     */
    void remember() {
        var checksum = archiveChecksum;
        if (checksum == null) {
            return;
        }
        try {
            var found = attributes(checksum);
            if (found.isPresent() && !found.equals(stored())) {
                Files.deleteIfExists(remembered);
                Files.createFile(remembered, PosixFilePermissions.asFileAttribute(PRIVATE));
                Files.writeString(remembered, found.get());
            }
        } catch (IOException e) {
            LOG.warn("Could not write {}; the next start compares the PostgreSQL programs again", remembered, e);
        }
    }

    private static String checksum(byte[] archive) {
        var checksum = new CRC32C();
        checksum.update(archive);
        return archive.length + " " + checksum.getValue();
    }

    private boolean isRemembered(String checksum) throws IOException {
        var stored = stored();
        return stored.isPresent() && stored.equals(attributes(checksum));
    }

    /** Returns what {@link #remember} stored, or empty if another user can have written it. */
    private Optional<String> stored() throws IOException {
        if (!Files.isRegularFile(remembered, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var view = Files.readAttributes(remembered, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var owner = Files.getOwner(remembered.toAbsolutePath().getParent());
        return view.permissions().equals(PRIVATE) && view.owner().equals(owner)
                ? Optional.of(Files.readString(remembered))
                : Optional.empty();
    }

    /** Returns the archive's checksum and the attributes of all unpacked files, or empty if they have none or another owner. */
    private Optional<String> attributes(String checksum) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        var owner = Files.getAttribute(directory.toAbsolutePath().getParent(), "unix:uid");
        var lines = new TreeSet<String>();
        try (var all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                boolean ignored =
                        Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || MARKS.contains(path.getFileName());
                if (!ignored) {
                    var found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                    if (!owner.equals(found.get("uid"))) {
                        return Optional.empty();
                    }
                    lines.add(directory.relativize(path) + " " + new TreeMap<>(found));
                }
            }
        }
        return Optional.of(checksum + "\n" + String.join("\n", lines) + "\n");
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
