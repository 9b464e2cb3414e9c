"""Forms of signing in."""

from wtforms import Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from iom.accounts.sign_in import SignIn


class SignInForm(Form):
    login = StringField(
        "Электронная почта или код", [InputRequired("Введите адрес или код"), Length(max=254)], render_kw={"autocomplete": "username"}
    )
    password = PasswordField("Пароль", [InputRequired("Введите пароль"), Length(max=1000)], render_kw={"autocomplete": "current-password"})

    def to_command(self, address: str, device: str) -> SignIn:
        return SignIn(login=self.login.data or "", password=self.password.data or "", address=address, device=device)
