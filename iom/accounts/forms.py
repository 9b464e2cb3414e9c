"""Forms of signing in, entering, the own account, consents and the administrator's pages about people."""

from datetime import date
from typing import Any

from wtforms import DateField, Form, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp
from wtforms.widgets import TextInput

from iom.accounts import texts
from iom.accounts.consents import Share
from iom.accounts.entering import Proof, SetPassword
from iom.accounts.kinds import AccountState, CodePurpose, SharedPart
from iom.accounts.people import AddPerson
from iom.accounts.roles import Grant, Unit
from iom.accounts.sign_in import SignIn
from iom.core.actor import Role, UnitKind

LONG = 1000  # characters: a longer password is not a password
DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y"]


class SignInForm(Form):
    login = StringField(
        "Электронная почта или код",
        [InputRequired("Введите адрес или код"), Length(max=254, message="Адрес длиннее 254 знаков")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Пароль",
        [InputRequired("Введите пароль"), Length(max=LONG, message="Пароль длиннее 1000 знаков")],
        render_kw={"autocomplete": "current-password"},
    )

    def to_command(self, address: str, device: str) -> SignIn:
        return SignIn(login=self.login.data or "", password=self.password.data or "", address=address, device=device)


class FactorForm(Form):
    code = StringField(
        "Код из приложения или запасной код",
        [InputRequired("Введите код"), Length(max=40, message="Код короче")],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class CodeForm(Form):
    """A printed code with its login."""

    login = StringField(
        "Логин с листка",
        [InputRequired("Введите логин, он напечатан над кодом"), Length(max=254, message="Логин длиннее 254 знаков")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    code = StringField(
        "Код с листка",
        [InputRequired("Введите код"), Length(max=100, message="В коде 16 знаков")],
        description="16 знаков. Заглавные и строчные буквы, пробелы и дефисы значения не имеют.",
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class NewPasswordForm(Form):
    """The password of a person who has proved to be themselves."""

    password = PasswordField(
        "Новый пароль",
        [InputRequired("Придумайте пароль")],
        description=texts.LENGTH_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    password_again = PasswordField(
        "Новый пароль ещё раз",
        [EqualTo("password", "Пароли не совпали")],
        render_kw={"autocomplete": "new-password"},
    )
    token = HiddenField()
    login = HiddenField()
    code = HiddenField()

    def to_proof(self) -> Proof:
        return Proof(token=self.token.data or "", login=self.login.data or "", code=self.code.data or "")

    def to_command(self, address: str, device: str) -> SetPassword:
        return SetPassword(password=self.password.data or "", address=address, device=device)


class ConfirmedForm(Form):
    """A form that asks the password again when it was typed too long ago; otherwise the field is taken away."""

    own_password = PasswordField(
        "Ваш пароль",
        [InputRequired("Введите свой пароль")],
        description="Подтвердите, что это вы: пароль вводили больше 10\u00a0минут назад.",
        render_kw={"autocomplete": "current-password"},
    )

    def __init__(self, *args: Any, is_recent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recent:
            del self.own_password


class ChangePasswordForm(Form):
    own_password = PasswordField(
        "Нынешний пароль", [InputRequired("Введите нынешний пароль")], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        "Новый пароль",
        [InputRequired("Придумайте новый пароль")],
        description=texts.LENGTH_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    password_again = PasswordField(
        "Новый пароль ещё раз",
        [EqualTo("password", "Пароли не совпали")],
        render_kw={"autocomplete": "new-password"},
    )


class TurnFactorOnForm(ConfirmedForm):
    sealed = HiddenField()  # the secret, signed, so that nobody chooses it
    code = StringField(
        "Код из приложения",
        [InputRequired("Введите шесть цифр из приложения"), Regexp(r"^[\d\s]{6,8}$", message="В коде шесть цифр")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class FactorChangeForm(ConfirmedForm):
    code = StringField(
        "Код из приложения или запасной код",
        [InputRequired("Введите код"), Length(max=40, message="Код короче")],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class ShareForm(Form):
    """Until which day a part is open."""

    until = DateField(
        "Открыть до",
        [InputRequired("Укажите день в виде ДД.ММ.ГГГГ")],
        format=DAYS,
        widget=TextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "placeholder": "ДД.ММ.ГГГГ"},
    )

    def to_command(self, part: SharedPart) -> Share:
        assert isinstance(self.until.data, date)  # validated
        return Share(part, self.until.data)


class AddPersonForm(Form):
    last_name = StringField("Фамилия", [InputRequired("Введите фамилию"), Length(max=100, message="Фамилия длиннее 100 знаков")])
    first_name = StringField("Имя", [InputRequired("Введите имя"), Length(max=100, message="Имя длиннее 100 знаков")])
    middle_name = StringField("Отчество", [Optional(), Length(max=100, message="Отчество длиннее 100 знаков")])
    login = StringField(
        "Электронная почта или код",
        [
            InputRequired("Введите адрес или код"),
            Length(min=3, max=254, message="От 3 до 254 знаков"),
            Regexp(r"^\S+$", message="Адрес и код пишутся без пробелов"),
        ],
        description="С ним человек будет входить. У кого нет почты – короткий код, например p-2041.",
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def to_command(self) -> AddPerson:
        return AddPerson(
            last_name=self.last_name.data or "",
            first_name=self.first_name.data or "",
            middle_name=self.middle_name.data or "",
            login=self.login.data or "",
        )


class RoleForm(ConfirmedForm):
    """A role and where it is held; the choices of units come from the view."""

    role = SelectField("Роль", [InputRequired("Выберите роль")])
    municipality = SelectField("Муниципалитет", [Optional()], description="Для муниципального методиста, можно и для органа управления.")
    school = SelectField("Школа", [Optional()], description="Для директора и ответственного в школе.")
    provider = SelectField("Организация ДПО", [Optional()], description="Для организации ДПО.")

    def to_command(self, person_id: int) -> Grant:
        role = Role(self.role.data)
        return Grant(person_id, role, self._unit(role))

    def _unit(self, role: Role) -> Unit:
        fields = {UnitKind.MUNICIPALITY: self.municipality, UnitKind.SCHOOL: self.school, UnitKind.PROVIDER: self.provider}
        kind = texts.UNIT_ASKED.get(role, UnitKind.REGION)
        if role is Role.AUTHORITY_VIEWER and self.municipality.data:
            kind = UnitKind.MUNICIPALITY
        field = fields.get(kind)
        return Unit(kind, int(field.data) if field is not None and field.data else None)


class IssueForm(ConfirmedForm):
    """A link or a printed code for somebody."""

    purpose = RadioField(
        "Что выдать",
        choices=[
            SelectChoice(CodePurpose.INVITATION.value, "Ссылку-приглашение, действует 72\u00a0часа"),
            SelectChoice(CodePurpose.RESET.value, "Ссылку для нового пароля, действует 30\u00a0минут"),
            SelectChoice(CodePurpose.PRINTED.value, "Код для печати, действует 14\u00a0дней"),
        ],
        default=CodePurpose.INVITATION.value,
    )


class PeopleFilterForm(Form):
    """What the list of people is narrowed to; unknown values are ignored."""

    q = StringField()
    role = StringField()
    school = StringField()
    state = StringField()

    @property
    def chosen_role(self) -> Role | None:
        return Role(self.role.data) if self.role.data in set(Role) else None

    @property
    def chosen_state(self) -> AccountState | None:
        return AccountState(self.state.data) if self.state.data in set(AccountState) else None

    @property
    def chosen_school(self) -> int | None:
        return int(self.school.data) if self.school.data and self.school.data.isascii() and self.school.data.isdigit() else None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple((self.q.data or "").split()[:5])
