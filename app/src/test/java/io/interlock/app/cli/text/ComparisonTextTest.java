package io.interlock.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.admin.AdminJsonMapper;
import io.interlock.app.cli.compare.ComparisonReport;
import io.interlock.app.cli.compare.ComparisonReport.AnswerDifference;
import io.interlock.app.cli.compare.ComparisonReport.DifferentAnswer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ComparisonTextTest {

    @Test
    void eachDifferenceHasBothValues() {
        ComparisonReport report = new ComparisonReport(
                "http://127.0.0.1:80",
                "http://127.0.0.1:8081",
                2,
                List.of(new DifferentAnswer(
                        "a.example.com",
                        "/api/",
                        List.of(
                                new AnswerDifference("status", "401", "200"),
                                new AnswerDifference("www-authenticate", "Basic", "")))));

        assertThat(ComparisonText.of(AdminJsonMapper.tree(report))).isEqualTo("""
                a.example.com/api/ differs
                  status: 401 before, 200 by Interlock
                  www-authenticate: Basic before, none by Interlock
                2 requests to http://127.0.0.1:80 and http://127.0.0.1:8081: 1 answer with a difference.""");
    }
}
