package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class VisiblePagesTests {

    @Test
    void pageShowsWhatWouldReorderIt() throws Exception {
        assertThat(answer("text/html;charset=UTF-8", "<b title=\"\u2066x\">RUN \u202egnp\u0007</b>\n😀"))
                .isEqualTo("<b title=\"\\u2066x\">RUN \\u202Egnp\\u0007</b>\n😀");
    }

    @Test
    void otherAnswersAreLeftAsTheyAre() throws Exception {
        assertThat(answer("application/json;charset=UTF-8", "{\"a\":\"\u202e\"}"))
                .isEqualTo("{\"a\":\"\u202e\"}");
    }

    private static String answer(String type, String body) throws Exception {
        var response = new MockHttpServletResponse();
        new VisiblePages().doFilter(new MockHttpServletRequest(), response, (request, answer) -> {
            answer.setContentType(type);
            answer.getWriter().write(body.substring(0, 3));
            answer.getWriter().append(body.charAt(3)).print(body.substring(4));
            answer.flushBuffer();
        });
        return response.getContentAsString();
    }
}
