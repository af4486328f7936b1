package ${package};

import io.interlock.api.dialect.LabelDialect;
import io.interlock.testkit.DialectCaseReader;
import io.interlock.testkit.DialectContract;
import java.util.List;

/** Contract of every dialect. */
class HostLabelContractTest extends DialectContract {

    @Override
    protected LabelDialect dialect() {
        return new HostLabelFactory().create(new HostLabelConfig());
    }

    @Override
    protected List<DialectCase> table() {
        return DialectCaseReader.read(HostLabelContractTest.class, "/cases.txt");
    }
}
