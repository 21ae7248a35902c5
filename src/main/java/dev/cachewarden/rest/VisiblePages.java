package dev.cachewarden.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Escapes the hidden characters of all pages. Names of steps, projects, branches, and records come from builds. A bidirectional control
 * character in such a name would reorder the text of a plan for its reviewer. One filter handles all pages, since no page needs such
 * characters.
 */
@Component
final class VisiblePages extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new Visible(response));
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static final class Visible extends HttpServletResponseWrapper {

        private @Nullable PrintWriter writer;

        Visible(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (writer == null) {
                var type = getContentType();
                var plain = super.getWriter();
                writer = type != null && type.startsWith("text/html") ? new PrintWriter(new Escaping(plain)) : plain;
            }
            return writer;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (writer != null) {
                writer.flush();
            }
            super.flushBuffer();
        }

        @Override
        public void reset() {
            super.reset();
            writer = null;
        }
    }

    private static final class Escaping extends FilterWriter {

        Escaping(Writer out) {
            super(out);
        }

        @Override
        public void write(int c) throws IOException {
            write(String.valueOf((char) c), 0, 1);
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            int written = offset;
            for (int i = offset; i < offset + length; i++) {
                if (isHidden(text[i])) {
                    out.write(text, written, i - written);
                    out.write(VisibleText.written(text[i]));
                    written = i + 1;
                }
            }
            out.write(text, written, offset + length - written);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            write(text.toCharArray(), offset, length);
        }

        /** Returns whether a character is hidden. Surrogates are not: the other half of the pair may be in the next chunk. */
        private static boolean isHidden(char c) {
            return !Character.isSurrogate(c) && VisibleText.isHiddenInLines(c);
        }
    }
}
