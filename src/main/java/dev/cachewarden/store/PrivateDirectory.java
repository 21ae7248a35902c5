package dev.cachewarden.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory that only the user of this process can use. The embedded server runs programs from its directory. Another user who could
 * write to it, or replace it, could run programs as this user.
 */
final class PrivateDirectory {

    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");
    private static final Path GROUPS = Path.of("/etc/group");
    private static final int STICKY = 01000;

    private PrivateDirectory() {}

    /**
     * Creates the directory, or makes an existing one private.
     *
     * @return the directory with no symbolic links in its path
     * @throws StoreUnavailableException if another user owns it or can replace it
     */
    static Path ensure(Path directory) throws IOException {
        Path wanted = directory.toAbsolutePath().normalize();
        Path parent = wanted.getParent();
        if (parent == null) {
            throw refused(wanted + " is the root directory.");
        }
        Files.createDirectories(parent);
        Path home = parent.toRealPath().resolve(wanted.getFileName());
        if (!Files.getFileStore(parent).supportsFileAttributeView("posix")) {
            Files.createDirectories(home);
            return home;
        }
        for (Path above = home.getParent(); above != null; above = above.getParent()) {
            checkParent(home, above);
        }
        if (Files.isSymbolicLink(home)) {
            throw refused(home + " is a symbolic link.");
        }
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(home, PosixFilePermissions.asFileAttribute(MODE));
        }
        checkContent(home);
        makePrivate(home);
        return home;
    }

    /** Checks that other users could not add files earlier, such as a known password, which the service would use as its own. */
    private static void checkContent(Path home) throws IOException {
        var found = attributes(home);
        if (found.isDirectory() && isOwn(found) && isOpen(found)) {
            try (var inside = Files.list(home)) {
                if (inside.findAny().isPresent()) {
                    throw refused("Other users could write to " + home + " ("
                            + PosixFilePermissions.toString(found.permissions()) + "), and it is not empty.");
                }
            }
        }
    }

    /** Removes all permissions of other users. */
    static void makePrivate(Path directory) throws IOException {
        if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            return;
        }
        var found = attributes(directory);
        if (!found.isDirectory()) {
            throw refused(directory + " is not a directory.");
        }
        if (!isOwn(found)) {
            throw refused(directory + " belongs to the user " + found.owner().getName() + ", not to "
                    + System.getProperty("user.name") + ".");
        }
        if (!found.permissions().equals(MODE)) {
            Files.setPosixFilePermissions(directory, MODE);
        }
    }

    private static void checkParent(Path home, Path above) throws IOException {
        var found = attributes(above);
        boolean trusted = isOwn(found) || isRoot(found);
        if (!trusted) {
            throw refused("The user " + found.owner().getName() + " owns " + above + " and can replace " + home + ".");
        }
        if (isOpen(found) && !isSticky(above)) {
            throw refused("Other users can write to " + above + " ("
                    + PosixFilePermissions.toString(found.permissions()) + ") and can replace " + home + ".");
        }
    }

    private static boolean isOpen(PosixFileAttributes found) throws IOException {
        return found.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || (found.permissions().contains(PosixFilePermission.GROUP_WRITE) && !isOwnGroup(found));
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOwn(PosixFileAttributes found) throws IOException {
        return found.owner().equals(ownUser());
    }

    private static UserPrincipal ownUser() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) ? Files.getOwner(self) : Files.getOwner(Path.of(System.getProperty("user.home")));
    }

    private static boolean isRoot(PosixFileAttributes found) {
        return Set.of("root", "0").contains(found.owner().getName());
    }

    /** Returns whether the group is the user's own group with no other members. Many systems give new directories to it, writable. */
    private static boolean isOwnGroup(PosixFileAttributes found) throws IOException {
        String name = found.group().getName();
        if (!List.of(found.owner().getName(), ownUser().getName()).contains(name)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(GROUPS)) {
            return lines.map(line -> List.of(line.split(":", -1)))
                    .filter(fields -> fields.getFirst().equals(name))
                    .allMatch(fields -> fields.size() == 4 && Set.of("", name).contains(fields.get(3)));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isSticky(Path path) throws IOException {
        return Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & STICKY) != 0;
    }

    private static StoreUnavailableException refused(String problem) {
        return new StoreUnavailableException(
                "The directory of the embedded PostgreSQL is not private: " + problem,
                "Set cachewarden.store.directory to a directory that only this user can use, or correct the owner and"
                        + " the mode.",
                null);
    }
}
