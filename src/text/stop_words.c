/* stop_words.c - written for customer mail: function words first, then the words that complaints hold. */
#include "text/stop_words.h"

const struct stop_word_list stop_words[STOP_WORD_LANGUAGES] = {
	{ "en", false, " the and is are was were been have has had will would can could should my your our we you they this that these those with from for not but what when where"
	  " which who why how please thank thanks hello dear regards order refund product received delivery broken service want need still am it of to in on at i me be do does did"
	  " a there any if or so no as by an about our out up all new into more other only one its it s t don now than use using which can just like get am is because after again back been before call customer days got hi just last money never problem sent since than then very week yes yesterday"
	  " he she him her his hi pls wrong ever never got nobody today kind best sorry arrived works working want help issue email phone"
	  " size delivered cancel subscription useless people asap missing damaged late lost pay paid stop reply answer nothing came come wait waiting"
	  " colour color parcel package refused charged twice return exchange repair noise leaking opened empty open closed " },
	{ "de", false, " der die das und ist nicht ich sie wir mit von zu den dem ein eine einen einer auf für im es auch als noch wie aus bei nach nur aber habe haben hat wurde wird kann"
	  " bitte danke hallo guten tag freundlichen grüßen grüße bestellung ware paket rechnung mein meine meinen ihre ihr ihnen dass daß oder wenn seit schon sehr geehrte damen"
	  " herren leider kein keine immer uns mir mich sind war bin lieferung geld zurück kaputt heute gestern vielen dank gruß bestellt bekommen erhalten"
	  " falsche falsches falscher größe falsch wann kommt stimmt defekt fehlt ersatz techniker nichts angekommen warte"
	  " funktioniert farbe wieder doppelt abgebucht umtausch reparatur leer offen verloren geht schrott immernoch tut läuft " },
	{ "fr", false, " le la les des un une et est pas je vous nous il elle que qui dans pour sur avec ce cette mon ma mes votre vos sont été avoir ai avez du au aux ne plus mais ou où"
	  " bonjour merci cordialement commande produit remboursement livraison colis reçu toujours depuis très bien madame monsieur salutations c'est suis fait être client facture rien"
	  " l d j n s qu en se me demande encore déjà aujourd hui hier"
	  " mauvaise taille quand arrive arrivé technicien défectueux cassé cassée retard attends mal manque reçue"
	  " perdu marche couleur svp échange réparation vide ouvert payé double fonctionne ouvre ferme perdue " },
	{ "es", false, " el la los las un una y es no que de en con por para mi su sus yo lo se me del al pero como más este esta esto ha he han hola gracias pedido producto reembolso funciona dónde llegó roto nada dinero"
	  " recibido saludos estoy está están quiero muy también cuando donde señores buenos buenas días tardes todavía aún nada dinero desde hace factura sin ya le les nos usted ustedes"
	  " tengo sido fue cordial atentamente favor paquete roto"
	  " sigue llegar talla equivocada cuándo llega defectuoso cambiar cambiarlo rota técnico falta espero llegado"
	  " perdido color otra vez cambio reparación vacío abierto cobrado doble perdida equivocado abre cierra " },
	{ "it", false, " il lo la gli le un una di che è non per con del della dei delle sono ho ha mi mio mia si ma come più questo questa nel nella anche ci al alla da buongiorno grazie"
	  " saluti ordine prodotto rimborso ricevuto vostro vostra ancora cordiali distinti salve vorrei stato stata pacco fattura dopo quando molto consegna giorni sul vi ne se hanno"
	  " arrivato arrivata taglia sbagliata sbagliato arriva rotto rotta difettoso manca tecnico aspetto niente"
	  " perso funziona colore cambio riparazione vuoto aperto addebitato doppio persa apre chiude " },
	{ "pt", false, " o os as um uma e é não que de em com por para meu minha seu sua do da dos das no na nos nas ao à mas como mais este esta isso foi tem tenho olá obrigado obrigada"
	  " pedido produto reembolso recebi está estou você vocês muito também ainda bom dia boa tarde atenciosamente cumprimentos encomenda já sem quando desde há nada dinheiro são ser"
	  " tamanho errado errada chega chegou defeituoso quebrado quebrada falta técnico espero"
	  " pacote perdido funciona cor troca reparo vazio aberto cobrado dobro perdida quebrou novo outra vez abre fecha " },
	{ "nl", false, " de het een en is niet ik u wij we met van te dat die voor op aan in zijn heb hebben heeft was maar ook als er nog om bij naar mijn uw onze geen dag beste"
	  " bestelling pakket ontvangen geld terug met vriendelijke groet groeten bedankt alvast graag hallo goedendag wordt worden kan kunt sinds al dit deze mij jullie bestelde kapot geleverd"
	  " niets verkeerde maat wanneer komt defect stuk ontbreekt monteur aangekomen wacht"
	  " kwijt werkt kleur weer ruilen reparatie leeg open dubbel afgeschreven doet verloren terugbetaling " },
	{ "sv", false, " och är att det som jag inte en ett på för med av till den har vi ni de om men så var kan ska från mitt min mina er era hej tack hälsningar vänliga beställning paket"
	  " produkt fått fortfarande vänligen mvh när eller också bara efter mig oss vill pengar tillbaka trasig leverans"
	  " något än fel storlek saknas väntar inget kommit"
	  " paketet fungerar färg pengarna byte reparation tomt öppet dubbelt borta igen trasigt " },
	{ "da", false, " og er at det som jeg ikke en et på for med af til den har vi i de om men så var kan skal fra mit min mine jer jeres hej tak hilsen venlig bestilling pakke produkt"
	  " modtaget stadig mvh når eller også kun efter mig os vil penge tilbage ødelagt levering venligst hvad hvor dage endnu købt"
	  " noget forkert størrelse mangler itu venter intet kommet hvornår"
	  " pakken virker farve bytte reparation tom åben dobbelt væk igen nu uge uger mig blev hvorfor svarer sendt " },
	{ "no", false, " og er at det som jeg ikke en et på for med av til den har vi i de om men så var kan skal fra mitt min mine dere deres hei takk hilsen vennlig bestilling pakke produkt"
	  " mottatt fortsatt mvh når eller også bare etter meg oss vil penger tilbake ødelagt levering vennligst hva hvor dager ennå kjøpt fått noe ble"
	  " feil størrelse mangler venter ingenting kommet"
	  " pakken virker fungerer farge bytte reparasjon tom åpen dobbelt borte igjen nå uke uker ble hvorfor svarer sendt " },
	{ "fi", false, " ja on ei se että olen hän me te he ole oli mutta kun niin kuin myös tai jos nyt vain tämä joka mitä minä minun teidän meidän hei kiitos terveisin ystävällisin tilaus"
	  " tilauksen paketti tuote saanut vielä en sen ovat olisi tilasin rahat takaisin rikki vastaanottanut päivää asiakaspalvelu toimitus voitteko pyydän"
	  " mitään väärä koko puuttuu odotan tullut milloin vieläkään"
	  " toimi toimii väri vaihto korjaus tyhjä auki tuplasti kadonnut taas " },
	{ "pl", false, " i w nie to na się z jest że do jak za po co ale od czy mnie tak dla mam są był była było przez jestem proszę dziękuję dzień dobry pozdrawiam zamówienie zamówienia produkt"
	  " paczka zwrot pieniędzy mój moja moje państwo państwa już jeszcze tylko bardzo o oraz został została otrzymałem otrzymałam poważaniem witam"
	  " nadal nic dotarło zły rozmiar uszkodzony uszkodzona brakuje czekam kiedy przyszło"
	  " zaginęła działa kolor wymiana naprawa pusta otwarta podwójnie znowu zepsuty zepsuta " },
	{ "tr", false, " ve bir bu da de için ile ne çok daha gibi ben sen biz siz var yok değil ama olarak kadar sonra mı mi mu merhaba teşekkürler teşekkür ederim sipariş siparişim ürün iade nerede paketim kargo geldi gelmedi param"
	  " kargo saygılarımla iyi günler lütfen henüz hala geldi bana benim sizin aldım nasıl olan ederim numaralı para istiyorum selamlar bozuk"
	  " hâlâ yanlış beden eksik kırık bekliyorum zaman gelmemiş"
	  " paket kayıp çalışmıyor renk değişim tamir boş açık yine " },
	{ "vi", false, " và là của tôi không có cho này với được trong một đã để các những khi đến từ đơn hàng sản phẩm hoàn tiền xin chào cảm ơn trân trọng nhận chưa bị vẫn rất anh chị em"
	  " sai kích cỡ thiếu hỏng bao giờ " },
	{ "cs", false, " a je se na že v s z do to ale jsem jsme jste byl by být jako za po pro už ještě dobrý den děkuji prosím s pozdravem objednávka zboží vrácení peněz není nebo když který"
	  " mám můj moje vaše zásilka dosud"
	  " pořád nic nepřišlo špatná velikost rozbité rozbitá chybí čekám kdy"
	  " balík funguje nefunguje barva výměna oprava prázdný otevřený znovu " },
	{ "ro", false, " și este nu în la cu de pe pentru un o am că dar mai sunt din care dumneavoastră bună ziua mulțumesc comanda produsul rambursare primit stimate salutări vă rog sau dacă"
	  " încă nimic greșită mărime lipsă aștept când"
	  " coletul lipsește funcționează culoare schimb reparație gol deschis nou stricat " },
	{ "hu", false, " a az és nem hogy van egy is de meg ez már csak még vagy volt köszönöm tisztelt üdvözlettel rendelés termék csomag kérem nincs ha mint nagyon jó napot szeretném"
	  " mindig kaptam rossz méret törött hiányzik várok mikor"
	  " működik szín visszatérítés csere javítás üres nyitott lámpa megint elromlott " },
	{ "id", false, " yang dan di tidak dengan untuk saya ini itu dari ke ada akan sudah belum pesanan barang uang kembali terima kasih mohon anda kami bisa selamat pagi siang juga karena"
	  " sampai dicek salah ukuran rusak kapan"
	  " paket hilang berfungsi warna pengembalian tukar perbaikan kosong terbuka lagi " },
	{ "ca", false, " el els les un una i és no que amb per del al més però com aquest aquesta he ha gràcies comanda bon dia salutacions encara molt són també " },
	{ "ru", true, " и в не на я что с по это как но у к за от мы вы он она они был была было быть для о из же то меня мне мой моя ваш ваша вас нас здравствуйте спасибо пожалуйста уважением"
	  " заказ товар деньги возврат доставка если или уже ещё еще только очень все при до когда так почему день добрый получил прошу"
	  " пришло пришел пришла размер неверный сломан жду " },
	{ "uk", true, " і в не на я що з по це як але у до за від ми ви він вона вони був була було для про та мене мені мій моя ваш ваша вас нас добрий день дякую будь ласка повагою замовлення товар де її його досі немає немає посилка"
	  " гроші повернення якщо або вже ще тільки дуже є й"
	  " прийшло розмір чекаю коли " },
	{ "bg", true, " и в не на аз че с по това как но за от ние вие той тя те е са съм беше ще да се си ми моят ваш здравейте благодаря моля поръчка стока пари връщане ако или вече още само много"
	  " добър ден поздрави получих " },
};
