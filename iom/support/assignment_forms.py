"""Form of «Закрепление»: whom, to whom, and why over the norm."""

from wtforms import Form, SelectField, TextAreaField
from wtforms.validators import Length

from iom.support.assigning import Assign
from iom.support.assignment_texts import REASON_LABEL
from iom.support.kinds import SupportKind


class AssignForm(Form):
    holder = SelectField("За кем закрепить", coerce=int)
    reason = TextAreaField(REASON_LABEL, [Length(max=500, message="Причина длиннее 500 знаков")], render_kw={"rows": 2})

    def to_command(self, kind: SupportKind, employee_ids: tuple[int, ...]) -> Assign:
        return Assign(kind, self.holder.data, employee_ids, (self.reason.data or "").strip())
