"""Russian words that matching needs: function words to leave out, marks of audiences and regions, and the reasons it gives."""

# Function words: prepositions, conjunctions, pronouns, particles, auxiliary verbs, and the frame of a question.
FUNCTION_WORDS = """
    а без более бы был была были было быть в вам вас ваш весь во вот все всего всех вы где да даже для до его ее если есть еще ж же за
    здесь и из из-за или им их к как какой когда кто ли либо между меня мне много мной можно мой мы на над надо наш не него нее нет ни
    них но ну о об однако он она они оно от очень по под после потом потому почему при про с сам свой себя сейчас со так также такой там
    тебя тем то тоже только том тот ту ты у уж уже хотя чего чей чем через что чтобы эта эти это этот я являться данный который каждый
    мочь хотеть делать знать нужно весьма
"""
"""Separated by blanks. The last line holds words that only frame a title or a question and tell nothing of its topic."""

# Words that the analyzer takes for a form of another one: a preposition, a short adjective, a participle.
OWN_LEMMAS = frozenset(("изо", "всоко", "гиа", "рас", "данные"))
SCIENCE_ENDING = "ика"

REGION_GENERIC = (
    "область край республика автономный округ народная г город федеральный территория район обл респ субъект российский федерация"
)
EVERYWHERE = ("федеральн", "межрегион", "всероссийск", "российская федерация", "регионов рф", "субъектов рф")
