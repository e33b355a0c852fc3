"""uuencode.py - files within the text itself, and text that only begins like one."""
import binascii
from cases import *
B="To: support@shop.example\nSubject: lamp\nDate: Tue, 12 May 2026 18:04:11 +0200\nMessage-ID: <k@mail.example>\n"
uu="begin 644 note.txt\n"+"&:&5L;&\\*\n"+"`\nend\n"
add("uuencode",("From: Mei <mei@mail.example>\n"+B+"\nPlease see the file.\n\n"+uu),attachments=[["note.txt","text/plain",6]],text="Please see the file.")
add("uuencode image mid text",("From: Mei <mei@mail.example>\n"+B+"\nBefore.\n\nbegin 644 a.png\n%s`\nend\n\nAfter.\n"%"".join(binascii.b2a_uu((bytes(range(256))*3)[i:i+45]).decode() for i in range(0,768,45))),attachments=[["a.png","image/png",768]],text="Before.\n\nAfter.")
def enc(data,name): return "begin 644 %s\n"%name+"".join(binascii.b2a_uu(data[i:i+45]).decode() for i in range(0,len(data),45))+"`\nend\n"
H0="From: Mei <mei@mail.example>\n"+B+"\n"
add("uuencode two files",(H0+"See both.\n\n"+enc(b"hello world\n"*9,"a b.txt")+"\n"+enc(bytes(range(200)),"x.bin")+"\nBye\n"),attachments=[["a b.txt","text/plain",108],["x.bin","application/octet-stream",200]],text="See both.\n\nBye")
add("uuencode only",(H0+enc(b"%PDF-1.4","bill.pdf")),attachments=[["bill.pdf","application/pdf",8]],text="")
add("uuencode without end",(H0+"See.\nbegin 644 a.txt\n&:&5L;&\\*\nand so on\n"),attachments=[],text="See.\nbegin 644 a.txt\n&:&5L;&\\*\nand so on")
add("uuencode in quoted-printable","From: Mei <mei@mail.example>\n"+B+"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nSee=2E\n\n"+enc(b"hello\n","n.txt").replace("=","=3D"),attachments=[["n.txt","text/plain",6]],text="See.")
add("begin with mode in words",(H0+"begin 644 days ago was my order.\nend\n"),attachments=[],text="begin 644 days ago was my order.\nend")
