package dev.cachewarden.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;

/** A body that comes in pieces, each when the test says so. Whoever feeds it goes on once the piece was taken and more is waited for. */
public final class FedBody extends InputStream {

    private final SynchronousQueue<Piece> pieces = new SynchronousQueue<>();
    private final Semaphore waiting = new Semaphore(0);

    private record Piece(byte[] bytes, boolean last, boolean broken) {}

    public void feed(byte[] piece) throws InterruptedException {
        pieces.put(new Piece(piece, false, false));
        waiting.acquire();
    }

    /** No more comes. */
    public void end() throws InterruptedException {
        pieces.put(new Piece(new byte[0], true, false));
    }

    /** The connection breaks. */
    public void breakOff() throws InterruptedException {
        pieces.put(new Piece(new byte[0], true, true));
    }

    /** Until it is read for the first time. */
    public void awaitReader() throws InterruptedException {
        waiting.acquire();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        waiting.release();
        var piece = take();
        if (piece.broken()) {
            throw new IOException("connection reset");
        }
        if (piece.bytes().length > length) {
            throw new IllegalStateException("A piece of " + piece.bytes().length + " bytes is too large");
        }
        System.arraycopy(piece.bytes(), 0, target, offset, piece.bytes().length);
        return piece.last() ? -1 : piece.bytes().length;
    }

    private Piece take() throws IOException {
        try {
            return pieces.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("Read in pieces");
    }
}
