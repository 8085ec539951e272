"""What “stop writing to me” is called: words without accents, in lower case."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    phrases: tuple[tuple[str, ...], ...]
    """The longest that fits is tried first; each begins the message."""
    tail: frozenset[str]
    """May follow a phrase and change nothing of it."""
    polite: frozenset[str]
    """Is passed over wherever it stands."""


def _language(phrases: str, tail: str, polite: str) -> Language:
    each = (tuple(phrase.split()) for phrase in phrases.split("|"))
    return Language(
        phrases=tuple(sorted(each, key=len, reverse=True)),
        tail=frozenset(tail.split()),
        polite=frozenset(polite.split()),
    )


BY_LANGUAGE: Mapping[str, Language] = {
    "en": _language(
        "stop|unsubscribe|unsubscribed|be unsubscribed|remove|remove me|be removed|opt out"
        "|opt me out|take me off|cancel my subscription|no more emails|no more mails"
        "|no more messages|no more newsletters|no more e mails|dont email|dont write"
        "|dont contact|dont send me|dont send us|dont send any|dont send more"
        "|do not email|do not write|do not contact|do not send me|do not send us"
        "|do not send any|do not send more|leave me alone|quit emailing"
        "|quit sending|delete me|delete my address",
        "me us my our it this these those any more all of off from your the list lists mailing"
        " mail mails email emails e newsletter newsletters message messages sending emailing"
        " database writing contacting spamming to now again anymore immediately and at once address"
        " stop unsubscribe subscription remove",
        "please pls plz kindly hi hello hey dear thanks thank you thx sir madam team i want would"
        " like id to can could just regards best kind sincerely cheers",
    ),
    "de": _language(
        "stop|stopp|stoppen|abmelden|abbestellen|austragen|abmeldung|loschen|hor auf|horen auf"
        "|keine mails mehr|keine e mails mehr|keine emails mehr|keine weiteren mails"
        "|keine weiteren e mails|keine weiteren emails|keine werbung mehr|keinen newsletter mehr"
        "|nicht mehr schreiben|nicht mehr senden|nicht mehr schicken|nicht mehr anschreiben"
        "|nicht mehr kontaktieren|melden mich ab|meld mich ab|melden mich|tragen mich aus"
        "|senden mir keine|senden uns keine|schicken mir keine|schicken uns keine"
        "|schick mir keine|schicke mir keine|sende mir keine"
        "|schreiben mir nicht mehr|nehmen mich aus|nehmen mich von|mich aus dem verteiler"
        "|mich aus der liste|mich von der liste|mich abmelden|mich austragen",
        "mich uns mir den die das diese dieser alle von vom aus ab ihrer ihrem eurer eurem der dem"
        " liste verteiler mailingliste newsletter mail mails e email emails nachrichten werbung"
        " schreiben senden schicken nehmen streichen zu zuschicken anschreiben"
        " kontaktieren mehr weitere weiteren"
        " sofort jetzt auf damit abmelden bitte adresse meine",
        "bitte danke vielen dank hallo guten tag liebe lieber liebes grusse gruss freundlichen mit"
        " ich mochte will sie du konnen konnten kannst team herzliche beste",
    ),
    "fr": _language(
        "stop|arretez|arreter|desabonner|desabonnez|desabonnement|desinscrire|desinscrivez"
        "|desinscription|me desabonner|me desinscrire|de me desabonner|de me desinscrire"
        "|plus de mails|plus de|ne mecrivez plus"
        "|ne plus menvoyer|de ne plus menvoyer|ne plus recevoir|de ne plus recevoir|me retirer"
        "|ne menvoyez plus|retirez moi|supprimez moi|enlevez moi|supprimez mon adresse",
        "moi me nous de du des la le les ces cette cet vos votre liste diffusion newsletter mail"
        " mails email emails e message messages publicites publicite rien envoyer mecrire menvoyer"
        " decrire plus maintenant immediatement svp mon adresse",
        "sil vous plait te veuillez merci bonjour salut cordialement je veux voudrais souhaite"
        " pouvez svp monsieur madame",
    ),
    "es": _language(
        "stop|basta|parar|paren|pare|dejen de|deje de|dejad de|baja|darme de baja|denme de baja"
        "|deme de baja|dar de baja|cancelar suscripcion|cancelar mi suscripcion|no mas correos"
        "|no mas mensajes|no mas emails|no recibir"
        "|no me escriban|no me envien|no me escriba|no me envie|eliminenme|borrenme|quitenme",
        "me mi de del la el las los su sus lista correo correos mensaje mensajes mail mails email"
        " emails e boletin boletines publicidad enviar enviarme escribir escribirme mas ya ahora"
        " suscripcion por",
        "por favor gracias hola buenos dias saludos quiero quisiera pueden puede podria un cordial"
        " atentamente",
    ),
    "it": _language(
        "stop|basta|cancellatemi|cancellarmi|cancellami|disiscrivermi|disiscrivetemi|disiscrizione"
        "|cancellazione|rimuovetemi|toglietemi|annullare liscrizione|non scrivetemi|non inviatemi"
        "|non mandatemi|non scrivermi|smettete di|smettetela|niente piu"
        "|non piu ricevere|non ricevere piu",
        "mi di da dal dalla la le il i lo vostra vostre vostri lista mailing mail email emails e"
        " messaggi messaggio newsletter pubblicita inviare inviarmi scrivere scrivermi mandarmi"
        " mandare piu subito adesso iscrizione",
        "per favore grazie ciao salve buongiorno cordiali saluti vorrei voglio prego potete puo",
    ),
    "nl": _language(
        "stop|stoppen|afmelden|uitschrijven|uitschrijving|schrijf me uit|schrijf mij uit|meld me af"
        "|meld mij af|geen mails meer|geen e mails meer|geen emails meer|geen berichten meer"
        "|niet meer mailen|niet meer sturen|niet meer schrijven|haal me van|haal mij van"
        "|verwijder me|verwijder mij|me uit te schrijven|mij uit te schrijven",
        "me mij ons van uit de het deze die dit uw jullie je lijst mailinglijst nieuwsbrief mail"
        " mails e email emails berichten bericht mailen sturen schrijven met meer nu direct af te"
        " verzenden",
        "gelieve alstublieft alsjeblieft aub svp graag bedankt dank u wel hallo hoi beste groet"
        " groeten vriendelijke ik wil zou kunt kan willen",
    ),
    "pt": _language(
        "stop|parar|parem|pare|cancelar inscricao|cancelar a inscricao|cancelar minha inscricao"
        "|descadastrar|me descadastrem|remover|removam|me removam|me retirem|retirem me|remova me"
        "|remova meu email|removam meu email"
        "|nao enviem|nao me enviem|nao mais receber|nao mais emails|nao escrevam"
        "|chega de|sem mais|deixem de",
        "me meu minha de da do a o as os sua suas lista email emails e mail mails mensagem"
        " mensagens boletim newsletter publicidade enviar escrever mandar receber mais"
        " agora inscricao estes"
        " esses",
        "por favor obrigado obrigada ola bom dia atenciosamente quero gostaria podem pode",
    ),
}
