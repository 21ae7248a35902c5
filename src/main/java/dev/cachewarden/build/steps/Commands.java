package dev.cachewarden.build.steps;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands of a RUN, each starting with its own name: without directories, variables, {@code sudo}, and other prefixes. This is not a
 * shell parser, but it is sufficient to detect what a line installs.
 */
final class Commands {

    /**
     * The maximum number of commands. Every rule is tested on every command, so this limits the time for a line that consists only of
     * commands.
     */
    private static final int MOST = 1_000;

    private static final Pattern FLAGS = Pattern.compile("^(?:--[a-z]+(?:=\\S*)? +)*");

    /** The start of a heredoc. The delimiter cannot start with a digit, because that is more likely a bit shift. */
    private static final String HEREDOC = "<<-?[\"']?[A-Za-z_]\\w*[\"']?";

    private static final Pattern HERE =
            Pattern.compile("^" + HEREDOC + " *\\((.*?)(?:\\.\\.\\.)?\\)?$", Pattern.DOTALL);

    /** The start of a heredoc anywhere. Like in BuildKit, it counts only at the start of a word, and {@code <<<} is not a heredoc. */
    private static final Pattern ANY_HERE = Pattern.compile("(?:^|\\s)" + HEREDOC);

    private static final Pattern VARIABLE = Pattern.compile("^[A-Za-z_]\\w*=.*$", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("^(?:ba|da|z|a|k)?sh$");
    private static final Pattern SHELL_OPTION = Pattern.compile("^-[a-z]*c$");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Set<String> BEFORE = Set.of(
            "sudo",
            "env",
            "exec",
            "time",
            "nice",
            "nohup",
            "command",
            "eatmydata",
            "xargs",
            "if",
            "then",
            "else",
            "elif",
            "do",
            "while",
            "until",
            "!",
            "fakeroot",
            "gosu",
            "timeout");

    private final List<String> found = new ArrayList<>();

    private Commands() {}

    /**
     * Returns the commands of a RUN.
     *
     * @param text text of the instruction, starting with {@code RUN}
     */
    static List<String> of(String text) {
        String rest = text.startsWith("ONBUILD ") ? text.substring("ONBUILD ".length()) : text;
        rest = rest.regionMatches(true, 0, "RUN ", 0, 4) ? rest.substring(4).strip() : rest;
        rest = FLAGS.matcher(rest).replaceFirst("");
        var here = HERE.matcher(rest);
        if (here.matches()) {
            rest = here.group(1);
        }
        var commands = new Commands();
        if (rest.startsWith("[") && rest.endsWith("]")) {
            commands.take(rest.substring(1, rest.length() - 1).replaceAll("\"\\s*,\\s*\"", "\" \""), 0);
        } else {
            commands.split(rest, 0);
        }
        return List.copyOf(commands.found);
    }

    /** Returns whether some commands are in a heredoc. BuildKit shows at most the first line of a heredoc. */
    static boolean hasHeredoc(String text) {
        return ANY_HERE.matcher(text).find();
    }

    /** Splits a line at the separators of commands outside of quotes. */
    private void split(String line, int depth) {
        int from = 0;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (";&|()`\n{}".indexOf(c) >= 0 && !expansion(line, i)) {
                take(line.substring(from, i), depth);
                from = i + 1;
            }
        }
        take(line.substring(Math.min(from, line.length())), depth);
    }

    /** Returns whether a brace belongs to <code>${NAME}</code> or <code>{a,b}</code>, and therefore does not separate commands. */
    private static boolean expansion(String line, int at) {
        char c = line.charAt(at);
        if (c == '{') {
            return at + 1 < line.length() && line.charAt(at + 1) != ' ';
        }
        return c == '}' && at > 0 && line.charAt(at - 1) != ' ' && line.charAt(at - 1) != ';';
    }

    private void take(String command, int depth) {
        var all = new ArrayList<>(List.of(BLANKS.split(command.strip())));
        var words = all.subList(named(all), all.size());
        if (words.isEmpty() || found.size() == MOST) {
            return;
        }
        String first = unquoted(words.getFirst());
        words.set(0, first.substring(first.lastIndexOf('/') + 1));
        if (depth < 3
                && words.size() > 2
                && SHELL.matches(words.getFirst())
                && SHELL_OPTION.matches(unquoted(words.get(1)))) {
            split(unquoted(String.join(" ", words.subList(2, words.size()))), depth + 1);
        } else {
            found.add(unquotedWords(words));
        }
    }

    /** Returns the index of the word that names the command. */
    private static int named(List<String> words) {
        boolean prefixed = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean before = BEFORE.contains(word);
            boolean number = prefixed && !word.isEmpty() && Character.isDigit(word.charAt(0));
            boolean option = prefixed && word.startsWith("-");
            if (!before && !word.isEmpty() && !VARIABLE.matches(word) && !option && !number) {
                return i;
            }
            prefixed |= before;
        }
        return words.size();
    }

    private static String unquotedWords(List<String> words) {
        List<String> plain = new ArrayList<>(words.size());
        for (String word : words) {
            plain.add(unquoted(word));
        }
        return String.join(" ", plain);
    }

    private static String unquoted(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && (word.charAt(from) == '"' || word.charAt(from) == '\'')) {
            from++;
        }
        while (to > from && (word.charAt(to - 1) == '"' || word.charAt(to - 1) == '\'')) {
            to--;
        }
        return word.substring(from, to);
    }
}
