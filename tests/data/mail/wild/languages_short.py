"""languages_short.py - Texts of two to five words in many languages."""
from cases import P
def L(name, body, *lang, subject="Re: 5531"): P(name, body, subject=subject, language=lang[0] if len(lang)==1 else list(lang))
for i,(t,l) in enumerate((("No reply yet","en"),("still broken","en"),("cancel my subscription","en"),("ASAP please","en"),("Wrong size delivered","en"),("you people are useless","en"),("Kein Ersatz erhalten","de"),("Falsche Größe","de"),("Wann kommt der Techniker?","de"),("Rechnung stimmt nicht","de"),
("Toujours rien reçu","fr"),("Mauvaise taille","fr"),("Quand arrive le technicien ?","fr"),("Produit défectueux","fr"),("Sigue sin llegar","es"),("Talla equivocada","es"),("¿Cuándo llega?","es"),("Producto defectuoso, quiero cambiarlo","es"),("Non è ancora arrivato","it"),("Taglia sbagliata","it"),("Quando arriva il tecnico?","it"),
("Ainda não recebi","pt"),("Tamanho errado","pt"),("Quando chega o técnico?","pt"),("Nog niets ontvangen","nl"),("Verkeerde maat","nl"),("Wanneer komt de monteur?","nl"),("Inte fått något än","sv"),("Fel storlek","sv"),("Har ikke modtaget noget endnu","da"),("Forkert størrelse","da"),("Har fortsatt ikke fått noe","no"),
("En ole saanut mitään","fi"),("Väärä koko","fi"),("Nadal nic nie dotarło","pl"),("Zły rozmiar","pl"),("Pořád nic nepřišlo","cs"),("Hâlâ gelmedi","tr"),("Yanlış beden","tr"),("Vẫn chưa nhận được","vi"),("Sai kích cỡ","vi"),("Всё ещё не пришло","ru"),("Досі не прийшло, поверніть гроші","uk"),("Încă nu am primit nimic","ro"),("Még mindig nem kaptam meg","hu"),("Δεν έχει έρθει ακόμα","el"),
("まだ届きません","ja"),("サイズ違い","ja"),("返金希望","ja"),("아직 안 왔어요","ko"),("还没收到","zh"),("尺码不对","zh"),("還沒收到","zh"),("OK，收到","zh"),("iPad 屏幕碎","zh"),("لم يصل بعد","ar"),("עדיין לא הגיע","he"),("ยังไม่ได้รับ","th"),("अभी तक नहीं मिला","hi"),("Belum sampai juga, mohon dicek","id"))):
    L("lang %02d"%i,t,l) if t!="返金希望" else L("lang %02d"%i,t,"ja","zh")
# without a common word: letters and their groups decide
for i,(t,l) in enumerate((("Shoes too tight","en"),("Bildschirm gesprungen","de"),("Rappelez-moi","fr"),("Scarpe troppo strette","it"))): L("letters %02d"%i,t,l)
