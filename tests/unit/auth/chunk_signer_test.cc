#include "auth/chunk_signer.h"

#include "auth/ecdsa_key.h"
#include "auth/sigv4a.h"
#include "unit/auth/sample_requests.h"

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

constexpr char kTime[] = "2013-05-24T00:00:00Z";

HttpRequest chunked_request(std::vector<Headers::Field> more) {
  std::vector<Headers::Field> headers = {{"Content-Encoding", "aws-chunked"},
                                         {"x-amz-decoded-content-length", "66560"},
                                         {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
  headers.insert(headers.end(), more.begin(), more.end());
  return make_request("PUT", "https://s3.amazonaws.com/examplebucket/chunkObject.txt", headers);
}

SigV4Options chunk_options(PayloadHash payload) {
  SigV4Options options = store_options(kTime);
  options.payload = payload;
  return options;
}

struct Framed {
  std::string body{};
  std::vector<std::string> signatures{};
};

Framed frame(ChunkSigner& signer, const std::vector<std::string>& chunks,
             const std::vector<Headers::Field>& trailers) {
  Framed framed;
  for (const std::string& chunk : chunks) {
    framed.body += signer.line_before(chunk).value() + chunk + "\r\n";
    framed.signatures.push_back(signer.last_signature());
  }
  framed.body += signer.end(trailers).value();
  framed.signatures.push_back(signer.last_signature());
  return framed;
}

const std::vector<std::string> kDocumentedChunks = {std::string(65536, 'a'),
                                                    std::string(1024, 'a')};

// From the S3 documentation's page on uploads in signed chunks.
TEST(ChunkSigner, SignsTheDocumentedUpload) {
  auto options = chunk_options(PayloadHash::kSignedChunks);
  auto head =
      sign_v4(chunked_request({{"Content-Length", "66824"}}), documented_credentials(), options)
          .value();
  EXPECT_EQ(head.signature, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  ChunkSigner signer(chain_after(head, documented_credentials(), options, false).value());
  Framed framed = frame(signer, kDocumentedChunks, {});
  EXPECT_EQ(framed.signatures,
            (std::vector<std::string>{
                "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"}));
  EXPECT_EQ(framed.body.size(), 66824u);
  EXPECT_EQ(framed_size(66560, 65536, ChunkFraming::kSigned, {}), 66824u);
  EXPECT_TRUE(framed.body.starts_with(
      "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
      "aaaa"));
  EXPECT_TRUE(framed.body.ends_with(
      "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"
      "\r\n\r\n"));
}

// From the page on the same with a signed trailer.
TEST(ChunkSigner, SignsTheDocumentedTrailer) {
  auto options = chunk_options(PayloadHash::kSignedChunksTrailer);
  auto head = sign_v4(chunked_request({{"x-amz-trailer", "x-amz-checksum-crc32c"}}),
                      documented_credentials(), options)
                  .value();
  EXPECT_EQ(head.signature, "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  ChunkSigner signer(chain_after(head, documented_credentials(), options, false).value());
  std::vector<Headers::Field> trailers = {{"x-amz-checksum-crc32c", "sOO8/Q=="}};
  Framed framed = frame(signer, kDocumentedChunks, trailers);
  EXPECT_EQ(framed.signatures,
            (std::vector<std::string>{
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"}));
  EXPECT_NE(framed.body.find("\r\n0;chunk-signature="
                             "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
                             "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:"
                             "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
                             "\r\n"),
            std::string::npos);
  EXPECT_EQ(framed.body.size(), framed_size(66560, 65536, ChunkFraming::kSigned, trailers));
}

TEST(ChunkSigner, FramesChunksWithoutSignatures) {
  ChunkSigner signer;
  std::vector<Headers::Field> trailers = {{"x-amz-checksum-crc32", "NhCmhg=="}};
  Framed framed = frame(signer, {"hello"}, trailers);
  EXPECT_EQ(framed.body, "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
  EXPECT_EQ(framed.body.size(), framed_size(5, 1 << 20, ChunkFraming::kUnsigned, trailers));
  EXPECT_EQ(ChunkSigner().end({}).value(), "0\r\n\r\n");
  EXPECT_EQ(framed_size(0, 0, ChunkFraming::kUnsigned, {}), 5u);
}

// Canonical request, strings to sign and public key are those that aws-c-auth tests itself with.
TEST(ChunkSigner, SignsWithVersion4aInPaddedSignatures) {
  auto options = chunk_options(PayloadHash::kSignedChunksTrailer);
  auto request =
      chunked_request({{"Content-Length", "66824"}, {"x-amz-trailer", "first,second,third"}});
  auto head = sign_v4a(request, documented_credentials(), options).value();
  EXPECT_EQ(head.canonical_request,
            "PUT\n/examplebucket/chunkObject.txt\n\ncontent-encoding:aws-chunked\n"
            "content-length:66824\nhost:s3.amazonaws.com\n"
            "x-amz-content-sha256:STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER\n"
            "x-amz-date:20130524T000000Z\nx-amz-decoded-content-length:66560\n"
            "x-amz-region-set:us-east-1\nx-amz-storage-class:REDUCED_REDUNDANCY\n"
            "x-amz-trailer:first,second,third\n\n"
            "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
            "x-amz-decoded-content-length;x-amz-region-set;x-amz-storage-class;x-amz-trailer\n"
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER");
  const EcdsaPublicKey key{.x = "18b7d04643359f6ec270dcbab8dce6d169d66ddc9778c75cfb08dfdb701637ab",
                           .y = "fa36b35e4fe67e3112261d2e17a956ef85b06e44712d2850bcd3c2161e9993f2"};
  EXPECT_TRUE(verify_ecdsa(key, head.string_to_sign, head.signature));

  ChunkSigner signer(chain_after(head, documented_credentials(), options, true).value());
  std::string line = signer.line_before(kDocumentedChunks[0]).value();
  EXPECT_EQ(line.size(), std::string("10000;chunk-signature=\r\n").size() + 144);
  EXPECT_EQ(signer.string_to_sign(),
            "AWS4-ECDSA-P256-SHA256-PAYLOAD\n20130524T000000Z\n20130524/s3/aws4_request\n" +
                head.signature +
                "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
                "bf718b6f653bebc184e1479f1935b8da974d701b893afcf49e701f3e2f9f9c5a");
  EXPECT_TRUE(verify_ecdsa(key, signer.string_to_sign(), signer.last_signature()));
  std::vector<Headers::Field> trailers = {{"first", "1st"}, {"second", "2nd"}, {"third", "3rd"}};
  std::string end = signer.end(trailers).value();
  EXPECT_TRUE(signer.string_to_sign().ends_with(
      "\n83d8f190334fb741bc8daf73c891689d320bd8017756bc730c540021ed48001f"));
  EXPECT_TRUE(verify_ecdsa(key, signer.string_to_sign(), signer.last_signature()));
  EXPECT_EQ(line.size() + 65536 + 2 + end.size(),
            framed_size(65536, 65536, ChunkFraming::kSignedAsymmetric, trailers));
}

TEST(ChunkSigner, RefusesTrailersThatWouldEndTheirLine) {
  ChunkSigner signer;
  std::vector<Headers::Field> trailers = {{"a", "b\r\nc: d"}};
  EXPECT_EQ(signer.end(trailers).error().code(), "InvalidHeader");
}

}  // namespace
}  // namespace botocxx::auth
